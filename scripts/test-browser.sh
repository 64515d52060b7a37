#!/usr/bin/env bash
# The browser test against the real server: build the binary that the Rust
# tests use, and give it to web/tests/browser, which starts and stops it.
set -euo pipefail
cd "$(dirname "$0")/.."

"${CARGO:-cargo}" build --locked --package viewreel-cli
VIEWREEL_BIN="$(realpath "${CARGO_TARGET_DIR:-target}")/debug/viewreel"
CHROMIUM="$(scripts/find-chromium.sh)" || {
  echo "test-browser: no Chromium was found: run scripts/setup.sh chromium" >&2
  exit 1
}
export VIEWREEL_BIN CHROMIUM
if [ "${UPDATE_PICTURES:-}" = 1 ]; then
  VIEWREEL_UNMASKED="$(mktemp)"
  export VIEWREEL_UNMASKED
  "${CARGO:-cargo}" run --locked --package viewreel-phone --example unmasked >"$VIEWREEL_UNMASKED"
fi
exec "${NPM:-npm}" --prefix web run test:browser
