#!/usr/bin/env bash
# Counts instructions and compares them with bench/instructions/baseline-*.txt:
# scripts/instructions.sh [--update]
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v valgrind >/dev/null; then
  echo "instructions: SKIPPED, valgrind is not installed; a regression would not be seen" \
    "(Debian, Ubuntu: sudo apt-get install valgrind)"
  exit 0
fi
exec "${CARGO:-cargo}" run --release --locked --package viewreel-bench-instructions -- "$@"
