#!/usr/bin/env bash
# Licences, bans and sources by deny.toml, with cargo-deny where it is there.
# `cargo xtask tidy` always checks the same lists against the lock files.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v cargo-deny >/dev/null; then
  echo "deny: skipped, cargo-deny is not installed (cargo install cargo-deny --locked)"
  exit 0
fi
cargo deny --log-level error check licenses bans sources
