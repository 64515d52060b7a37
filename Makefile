# Viewreel: `make` lists what can be made, `make demo` shows it.

CARGO ?= cargo
NPM ?= npm
# Passed on to the viewreel command, as in `make demo ARGS="--listen 127.0.0.1:8080"`.
ARGS ?=
# Seconds for each target of `make fuzz`.
TIME ?= 60

WEB_SOURCES := $(shell find web assets -name node_modules -prune -o -name dist -prune \
	-o -name test-results -prune -o -type f -print 2>/dev/null)

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test setup tidy fmt lint web test-rust test-doc test-web test-browser bench \
	bench-wire instructions fuzz pictures clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' Makefile

demo: setup-demo web ## Build everything and open the player on two real replays
	$(CARGO) run --release --locked --package viewreel-cli -- demo $(ARGS)

test: setup tidy fmt lint web test-rust test-doc test-web test-browser instructions ## Run every check and every test

setup: ## Check the tools; as root, install what is missing from the distribution
	scripts/setup.sh rust node chromium valgrind

.PHONY: setup-demo
setup-demo:
	@scripts/setup.sh rust node

tidy: ## Check edges between crates, sizes, docs, links, licences and lock files
	$(CARGO) xtask tidy
	$(CARGO) metadata --locked --format-version 1 --manifest-path fuzz/Cargo.toml >/dev/null
	scripts/deny.sh

fmt: ## Check that Rust code is formatted
	$(CARGO) fmt --all --check

lint: ## Run clippy; a warning is an error
	$(CARGO) clippy --locked --workspace --all-targets -- --deny warnings

web: web/dist/index.html ## Build the web app into web/dist

test-rust: ## Run the Rust tests
	scripts/test-rust.sh

test-doc: ## Run the examples in the Rust docs
	$(CARGO) test --locked --workspace --doc

test-web: web/node_modules/.viewreel-installed ## Run the tests of the web app
	$(NPM) --prefix web test

test-browser: web ## Play a replay in headless Chromium and compare a frame
	scripts/test-browser.sh

bench: ## Print the tables of speed and size
	$(CARGO) bench --locked --package viewreel-cli --bench path
	$(CARGO) bench --locked --package viewreel-recorder --bench frame
	$(CARGO) bench --locked --package viewreel-format --bench speed
	$(CARGO) bench --locked --package viewreel-spool --bench start

bench-wire: bench/wire/rrweb/node_modules/.viewreel-installed ## Weigh a minute in this and other formats; UPDATE=1 keeps the tables
	$(CARGO) run --release --locked --package viewreel-bench-wire -- $(if $(UPDATE),docs/performance.md)

instructions: ## Count instructions and compare with the baseline; UPDATE=1 keeps the counts
	scripts/instructions.sh $(if $(UPDATE),--update)

fuzz: ## Look for bytes that break a decoder, TIME=60 seconds for each kind of file
	scripts/fuzz.sh $(TIME)

pictures: web ## Make the golden frames and the picture of the docs anew
	UPDATE_PICTURES=1 scripts/test-browser.sh

clean: ## Delete everything that was built
	$(CARGO) clean
	rm -rf fuzz/target fuzz/artifacts web/node_modules web/dist web/test-results bench/wire/rrweb/node_modules

web/node_modules/.viewreel-installed: web/package.json web/package-lock.json
	$(NPM) --prefix web ci --no-audit --no-fund
	touch $@

bench/wire/rrweb/node_modules/.viewreel-installed: bench/wire/rrweb/package-lock.json
	@if command -v $(NPM) >/dev/null; then \
		$(NPM) --prefix bench/wire/rrweb ci --no-audit --no-fund && touch $@; \
	else echo "bench-wire: $(NPM) was not found, so rrweb will be left out"; fi

web/dist/index.html: web/node_modules/.viewreel-installed $(WEB_SOURCES)
	$(NPM) --prefix web run build
	touch $@
