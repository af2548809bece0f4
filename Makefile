# Two commands: `make run` and `make test`. The rest is what they are made of, and what a developer wants at hand.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PORT ?= 8000
export SADUAK_DATA ?= $(CURDIR)/data
STAGE ?= assessing

.PHONY: help run test check format demo-reset lock texts docs bench clean

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

run: $(VENV)/.ready node_modules/.ready ## the demonstration: everything installed, database made, server and worker running
	@SADUAK_DEMO=1 $(BIN)/saduak start --stage $(STAGE)

demo-reset: $(VENV)/.ready node_modules/.ready ## throw the demonstration away and start over (STAGE=prepared|announced|applying|screening|assessing|deciding|certified)
	@SADUAK_DEMO=1 $(BIN)/saduak demo --reset --stage $(STAGE)

test: $(VENV)/.ready-dev node_modules/.ready ## the whole suite, on SQLite and PostgreSQL, with the walks in a browser
	@$(BIN)/python tools/run_tests.py

check: $(VENV)/.ready-dev node_modules/.ready ## the checks without the tests: format, lint, types, imports, migrations, docs
	@$(BIN)/python tools/run_tests.py --checks-only

format: $(VENV)/.ready-dev ## put the code into the house's format
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

docs: $(VENV)/.ready-dev ## make the generated pages of docs/ anew
	@SADUAK_DEMO=1 $(BIN)/saduak make-docs

bench: $(VENV)/.ready-dev node_modules/.ready ## measure, and write docs/benchmarks.md
	@SADUAK_DEMO=1 $(BIN)/saduak bench

lock: $(VENV)/.ready-dev ## resolve the versions anew: with hashes, without addresses
	@$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --upgrade --group build pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header -c requirements.txt --group build --group dev pyproject.toml -o requirements-dev.txt

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Saduak needs Python 3.11 or newer; '$(PYTHON)' is older. Say which with: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Could not make a virtual environment. On Debian: apt install python3-venv"; exit 1; }

$(VENV)/.ready: requirements.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing what Saduak is made of …"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.ready-dev: requirements-dev.txt $(VENV)/.ready
	@echo "Installing what the tests need …"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

node_modules/.ready: package-lock.json | $(VENV)/.ready
	@echo "Fetching fonts and styles …"
	@$(BIN)/python tools/install_front.py
	@touch $@

clean: ## remove what was made, but not the data
	rm -rf $(VENV) node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis
