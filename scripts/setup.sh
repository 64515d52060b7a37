#!/usr/bin/env bash
# Checks that the tools are there: scripts/setup.sh [rust] [node] [chromium] [valgrind].
#
# What is missing is installed from the distribution's packages where this
# runs as root and apt-get exists; otherwise it says what to do. It downloads
# nothing from anywhere else, and nothing at all when the tools are there.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly RUST_NEEDED=1.95
readonly NODE_NEEDED=20.19

say() { printf 'setup: %s\n' "$*"; }

fail() {
  printf 'setup: %s\n' "$@" >&2
  exit 1
}

# at_least 1.95 1.100.0: whether the second version is no older than the first.
at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }

can_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

install_packages() {
  say "installing $* from the distribution's packages"
  export DEBIAN_FRONTEND=noninteractive
  apt-get -q update </dev/null
  apt-get -q install --yes --no-install-recommends "$@" </dev/null
}

check_rust() {
  local found
  found=$(rustc --version 2>/dev/null | cut -d ' ' -f 2) || true
  if [ -z "$found" ] || ! at_least "$RUST_NEEDED" "$found"; then
    fail "Rust $RUST_NEEDED or newer is needed, ${found:-none} was found" \
      "install rustup as https://rustup.rs says; rust-toolchain.toml names the version"
  fi
  say "Rust $found"
  check_c_compiler
}

# SQLite is the one piece of C in the server.
check_c_compiler() {
  command -v cc >/dev/null && return
  if can_install; then
    install_packages gcc libc6-dev
    return
  fi
  fail "a C compiler is needed to build SQLite, cc was not found" \
    "Debian, Ubuntu: sudo apt-get install build-essential" \
    "macOS: xcode-select --install"
}

node_version() { node --version 2>/dev/null | tr -d v; }

has_node() {
  local found
  found=$(node_version) || true
  [ -n "$found" ] && at_least "$NODE_NEEDED" "$found" && command -v npm >/dev/null
}

check_node() {
  if ! has_node && can_install; then
    install_packages nodejs npm
  fi
  if ! has_node; then
    fail "Node.js $NODE_NEEDED or newer with npm is needed, $(node_version || echo none) was found" \
      "Debian 13, Ubuntu 25.04 and newer: sudo apt-get install nodejs npm" \
      "macOS: brew install node" \
      "elsewhere: https://nodejs.org/en/download"
  fi
  say "Node.js $(node_version)"
}

check_chromium() {
  if ! scripts/find-chromium.sh >/dev/null && can_install; then
    install_packages chromium
  fi
  local browser
  browser=$(scripts/find-chromium.sh) || fail \
    "Chromium is needed for the browser test and was not found" \
    "Debian: sudo apt-get install chromium" \
    "macOS: brew install --cask chromium" \
    "elsewhere: install Chromium or Chrome and set CHROMIUM=/path/to/it"
  say "Chromium at $browser"
}

# Without it instructions are not counted, and everything else is checked.
check_valgrind() {
  if ! command -v valgrind >/dev/null && can_install; then
    install_packages valgrind || true
  fi
  if command -v valgrind >/dev/null; then
    say "$(valgrind --version)"
  else
    say "VALGRIND IS MISSING, so no instructions will be counted" \
      "(Debian, Ubuntu: sudo apt-get install valgrind)"
  fi
}

for tool in "$@"; do
  case "$tool" in
    rust | node | chromium | valgrind) "check_$tool" ;;
    *) fail "unknown tool $tool: use rust, node, chromium or valgrind" ;;
  esac
done
