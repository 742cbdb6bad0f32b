# Everything a newcomer types. `make help` lists it.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
LOCK := CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile pyproject.toml --generate-hashes --no-emit-index-url --universal --custom-compile-command "make lock" -q

lock: ## resolve the dependencies again, into the two lock files
	$(LOCK) -o requirements.lock
	$(LOCK) --group dev -o requirements-dev.lock
