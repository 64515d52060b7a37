#!/usr/bin/env bash
# Prints the path of a Chromium, or fails where there is none.
# CHROMIUM=/path/to/it goes first.
set -euo pipefail

candidates=(
  "${CHROMIUM:-}"
  chromium
  chromium-browser
  google-chrome-stable
  google-chrome
  "/Applications/Chromium.app/Contents/MacOS/Chromium"
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
)

for candidate in "${candidates[@]}"; do
  if [ -n "$candidate" ] && command -v "$candidate"; then
    exit 0
  fi
done
exit 1
