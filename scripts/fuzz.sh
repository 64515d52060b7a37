#!/usr/bin/env bash
# Runs each fuzz target for some seconds: scripts/fuzz.sh [seconds] [target ...].
# What it finds on the way stays in fuzz/target; what breaks a check is kept in
# fuzz/artifacts, and belongs into fuzz/corpus once it is mended.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly TOOLCHAIN="${FUZZ_TOOLCHAIN:-nightly}"
seconds=${1:-60}
shift || true

if ! cargo fuzz --version >/dev/null 2>&1; then
  echo "fuzz: cargo-fuzz was not found: cargo install cargo-fuzz --locked" >&2
  exit 1
fi

# cargo-fuzz has no --locked of its own.
cargo metadata --locked --format-version 1 --manifest-path fuzz/Cargo.toml >/dev/null

if [ $# -eq 0 ]; then
  mapfile -t targets < <(cargo fuzz list)
  set -- "${targets[@]}"
fi

# The libraries forbid unsafe code, so no sanitizer is needed.
for target in "$@"; do
  found="fuzz/target/found/$target"
  mkdir -p "$found"
  cargo "+$TOOLCHAIN" fuzz run --sanitizer none "$target" "$found" "fuzz/corpus/$target" -- \
    "-max_total_time=$seconds" -rss_limit_mb=2048 -timeout=20 -max_len=8192
done
