# One door for chores; CI goes through the same scripts. `make` lists them.
.DEFAULT_GOAL := help
.PHONY: help build test lint format bench fuzz db run demo docs

help: ## list the chores
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## install what is missing and build the release binary, .build/release/driftline
	@scripts/install
	swift build -c release --product driftline

test: ## everything that must hold: lint, builds, rules, all tests (ARGS="--filter Statistics" for some)
	@scripts/test $(ARGS)

lint: ## format, house rules, documents and dashboards, without a build
	@scripts/lint

format: ## format the Swift sources in place
	@scripts/format

bench: ## measure ingestion and reading, and print the figures with their ratios
	@scripts/bench $(ARGS)

fuzz: ## made-up inputs for every parser (ARGS="--runs 10000000 predictions" for many at one)
	@scripts/fuzz $(ARGS)

db: ## psql on a PostgreSQL made for the occasion and removed afterwards
	@scripts/with-postgres sh -c 'psql "$$DATABASE_URL"'

run: build ## serve on 127.0.0.1:8080 with the shipped rules and data in .build/run (ARGS="--listen ..." to change)
	.build/release/driftline serve --data .build/run $(ARGS)

demo: ## a made-up model that decays: from its log to alerts, webhooks and a retraining, in this terminal
	@scripts/demo $(ARGS)

docs: ## check that documents point at what is there
	@scripts/check-docs && echo "docs: nothing found"
