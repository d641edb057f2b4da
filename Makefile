# Every command installs what it misses first, says what it does and how long it took.
# The work is done by scripts/, where it can be read and checked; this file is the menu.
# Any variable may be overridden: MARKET_TOOLS (where tools are kept), MARKET_RUST=debian
# (compiler from Debian's packages), DATABASE_URL, MARKET_ADDR …

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run dev test test-rust test-browser test-meilisearch test-clamav check check-release bench bench-search search-quality season site setup clean

help: ## this list
	@awk 'BEGIN { FS = ":.*## "; print "make …" } \
		/^[a-z-]+:.*## / { printf "  %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## the market with demo data on http://127.0.0.1:3000 (release build)
	@scripts/run.sh

dev: ## the same from a quick build, rebuilt and restarted when a file changes
	@scripts/dev.sh

test: ## every test: unit, both databases, HTTP, browser (starts its own PostgreSQL)
	@scripts/test.sh rust browser

test-rust: ## the Rust half of it; ARGS='-- name' narrows
	@scripts/test.sh rust $(ARGS)

test-browser: ## the browser half of it; ARGS=name narrows
	@scripts/test.sh browser $(ARGS)

check: ## formatting, lints, documentation, dependencies, guards, size of the wasm
	@scripts/check.sh

check-release: ## the browser tests on the release build
	@scripts/test-browser.sh release $(ARGS)

bench: ## speed of pages against nginx on this machine, table in target/bench
	@scripts/bench.sh $(ARGS)

test-meilisearch: ## the whole search suite against a live server: MEILI_URL=… MEILI_KEY=…
	@scripts/test-meilisearch.sh

test-clamav: ## the virus scanner's adapter against a real clamd (Debian: clamav-daemon)
	@scripts/test-clamav.sh

bench-search: ## speed of the embedded search engine alone; SIZES=3000,100000,1000000
	@scripts/bench/40_search.sh

search-quality: ## how well search answers; CORPUS=… QUERIES=… OUT=… ENGINE=… for any other catalogue
	@scripts/search-quality.sh

season: ## ninety days of 5,000 inquiries on a clock turned by hand (minutes)
	@scripts/season.sh

site: ## only what the browser gets: wasm, CSS, public files (release)
	@scripts/setup.sh build
	@scripts/build-site.sh release

setup: ## only install what is missing, for everything
	@scripts/setup.sh all

clean: ## what was built here; tools outside the clone and var/ (data) stay
	@scripts/clean.sh
