#!/usr/bin/env bash
# The three pages that people wait for, each against nginx with the same bytes; the tail at half
# load; memory after all of it; start with the demo's 3,000 listings. At the end the same pages put into words for each
# request ("made"), and with every statement run again as well ("read"; docs/ARCHITECTURE.md, "What is remembered").
. "$(dirname "$0")/lib.sh"

bench_start

listing=$(bench_listing)

bench_page results "$BENCH_RESULTS" 0.12
bench_page listing "$listing" 0.15
bench_page home / 0.12
bench_tail results "$BENCH_RESULTS"
bench_tail listing "$listing"
bench_memory
bench_new_questions results "$BENCH_RESULTS"

bench_remember reads
bench_again results "$BENCH_RESULTS" made 0.12
bench_again listing "$listing" made 0.15
bench_again home / made

bench_remember nothing
bench_again results "$BENCH_RESULTS" read 0.12
bench_again listing "$listing" read 0.15
bench_again home / read
