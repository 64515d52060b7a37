#!/usr/bin/env bash
# Reads the log of `make test` and prints the closing line of every test
# runner, then their sum as `N passed, N failed`. Fails where a test failed or
# where no test ran at all.
set -euo pipefail

escape=$(printf '\033')
sed "s/$escape\[[0-9;]*m//g" "$1" | awk '
  # The number before a word: count("3 passed; 1 failed", "failed") is 1.
  function count(line, word,    found) {
    if (!match(line, "[0-9]+ " word)) return 0
    found = substr(line, RSTART, RLENGTH)
    sub(" .*", "", found)
    return found + 0
  }
  function add(runner, line) {
    sub(/^ +/, "", line)
    closing = closing runner ": " line "\n"
    passed += count(line, "passed")
    failed += count(line, "failed") + count(line, "timed out")
  }
  /^ +Summary \[.*\] .* tests? run: / { add("nextest", $0) }
  /^test result: / {
    doc_passed += count($0, "passed")
    doc_failed += count($0, "failed")
    doc_runs += 1
  }
  /^ +Tests +.*(passed|failed).*\([0-9]+\)$/ { add("vitest", $0) }
  /^browser: [0-9]+ passed, [0-9]+ failed$/ { sub(/^browser: /, ""); add("browser", $0) }
  END {
    if (doc_runs) add("cargo test", doc_passed " passed, " doc_failed " failed")
    printf "%s%d passed, %d failed\n", closing, passed, failed
    exit !(passed > 0 && failed == 0)
  }
'
