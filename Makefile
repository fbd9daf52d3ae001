# Two commands matter: `make run` and `make test`. Everything they need lands in .venv and node_modules.
PYTHON ?= $(firstword $(shell command -v python3.11 python3))
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check bench format strings lock clean

run: $(VENV)/.run node_modules/.run
	$(BIN)/python app.py

test: $(VENV)/.dev node_modules/.dev
	sh tests/browser/ensure-chromium
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m bot strings check

bench: $(VENV)/.dev node_modules/.run
	$(BIN)/python -m bench $(BENCH)

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

strings: $(VENV)/.dev
	$(BIN)/python -m bot strings update

# Needs `uv`; writes both lock files anew from pyproject.toml.
lock:
	uv pip compile pyproject.toml --python-version 3.11 --universal --generate-hashes --no-header -q -o requirements.txt
	uv pip compile pyproject.toml --extra dev --python-version 3.11 --universal --generate-hashes --no-header -q -o requirements-dev.txt

clean:
	rm -rf $(VENV) node_modules

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

$(VENV)/.dev: requirements-dev.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@ $(VENV)/.run

node_modules/.run: package-lock.json
	npm ci --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

node_modules/.dev: package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@ node_modules/.run
