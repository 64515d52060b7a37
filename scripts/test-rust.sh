#!/usr/bin/env bash
# Every Rust test, with nextest where it is there.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo=${CARGO:-cargo}
if command -v cargo-nextest >/dev/null; then
  "$cargo" nextest run --locked --workspace --no-fail-fast --status-level fail --final-status-level fail "$@"
else
  echo "test-rust: cargo-nextest is not installed, using cargo test"
  "$cargo" test --locked --workspace --lib --bins --tests --no-fail-fast "$@"
fi
