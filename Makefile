# `make demo` and `make test` need Rust and nothing else: they install what is missing (scripts/setup says what).

SHELL := /bin/sh
CARGO := scripts/cargo
DIXIT := $(or $(CARGO_TARGET_DIR),target)/release/dixit

.PHONY: help build demo demo-web test test-web test-push test-spark test-crash load check fuzz bench dist lint deny clean

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## /make \1	/p' $(MAKEFILE_LIST) | expand -t 14

build:  ## the program, optimised; the first time takes 10 to 20 minutes (RocksDB), later ones one
	@scripts/setup build
	$(CARGO) build --release --locked
	@echo "the program is $(DIXIT)"

demo: build  ## the twelve articles of seeds/ into a store of their own, and an answer from it
	@rm -rf demo
	$(DIXIT) --store demo add seeds
	$(DIXIT) --store demo ask "who said what about NATO"

demo-web: build  ## a site about the twelve articles of seeds/, until Ctrl-C; BIND=ADDRESS:PORT for another place
	@rm -rf demo
	$(DIXIT) --store demo add seeds
	$(DIXIT) --store demo serve --open --bind $(or $(BIND),127.0.0.1:7878)

test:  ## all tests; the graph and the endpoint are also checked with other people's tools
	@scripts/setup test
	$(CARGO) test --release --locked
	scripts/check-graph $(DIXIT)
	scripts/check-endpoint $(DIXIT)

test-web: build  ## the pages of `dixit serve`, opened in Chromium
	@scripts/setup web
	scripts/test-web $(DIXIT)

test-push: build  ## `dixit push` into oxigraph's server and Virtuoso, with the push and the stores killed on the way
	@scripts/setup push
	scripts/check-push $(DIXIT)

load: build  ## a site under load for a minute, beside endless queries: STORE=FOLDER, SECONDS=N, ENDLESS=N
	@scripts/setup load
	scripts/load $(DIXIT) $(or $(STORE),demo) $(or $(SECONDS),60) $(or $(ENDLESS),3)

test-spark: build  ## the job of scale/spark/ on a cluster of this machine's processes, some of which are killed; 700 MB of PySpark
	@scripts/setup spark
	scripts/test-spark $(DIXIT)

test-crash:  ## the program killed at random moments 200 times and more: nothing is lost; takes half an hour, CRASH_SEED=N for others
	@scripts/setup build
	$(CARGO) test --release --locked --test crash -- --ignored --nocapture --test-threads 1

check:  ## the tests without RocksDB, unoptimised: compiles in a minute, for the work on the code
	cargo test --no-default-features

fuzz:  ## what fuzzing finds, with a nightly compiler and cargo-fuzz: SECONDS=N for each target, TARGET=NAME (fuzz/README.md)
	scripts/fuzz $(or $(SECONDS),600) $(TARGET)

bench:  ## how fast it is on this machine, beside the limits: writes the table of the README
	@scripts/setup build
	$(CARGO) bench --locked --bench figures -- README.md

dist:  ## an archive to carry to other machines: the program, completions, manual, licences, and its SHA-256
	@scripts/setup build
	scripts/dist $(DIXIT)

lint:  ## format and lints
	cargo fmt --check
	$(CARGO) clippy --release --locked --all-targets -- -D warnings

deny:  ## licences, sources and known flaws of what we depend on
	@scripts/deny

clean:  ## removes what lies in the checkout; says what it leaves outside
	rm -rf demo dist target
	@echo "left for the next build: $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/dixit (RocksDB, cargo-deny, Python's environment)"
