# Everything a newcomer types. `make help` lists it.
.DEFAULT_GOAL := help
.PHONY: help run test check gates bench soak lock
PYTHON ?= $(or $(wildcard .venv/bin/python),python3)
BIN := .venv/bin
SET_UP := $(PYTHON) deploy/set_up.py
LOCK := $(BIN)/uv pip compile --generate-hashes --no-emit-index-url --universal --custom-compile-command "make lock" -q

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 14

run: ## set up, and serve with demo data at http://127.0.0.1:8000; PORT= and DATA= may be set
	@$(SET_UP) run
	@exec $(BIN)/bedspace up $(if $(OIDC_ISSUER),,--demo)

test: ## set up, and run all tests
	@$(SET_UP) dev
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder --cov --cov-report=term

check: gates test ## lint, types, imports, migrations, and all tests

gates:
	@$(SET_UP) dev
	$(BIN)/ruff check --no-cache
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/squawk gateway/store/migrations/*.sql

soak: ## the full counts of the races, faults and random histories: long
	@$(SET_UP) dev
	@$(BIN)/python -m pytest -m soak --timeout=3600

bench: ## the tables of speed, side by side in one run
	@$(SET_UP) bench
	@$(BIN)/python -m tests.bench

lock: ## resolve the dependencies again, into the lock files
	@$(SET_UP) dev
	$(LOCK) pyproject.toml -o requirements.lock
	$(LOCK) pyproject.toml --group dev -o requirements-dev.lock
	$(LOCK) --group bench -c requirements-dev.lock -o requirements-bench.lock
	$(LOCK) --group bootstrap -o requirements-bootstrap.lock
