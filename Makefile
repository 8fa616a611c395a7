# make run: set up and start on http://localhost:8000.   make test: every test.   make check: what CI asks.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= $(firstword $(shell command -v python3.11 python3.12 python3.13 python3.14 python3))
VENV := .venv
BIN := $(VENV)/bin
PO := $(wildcard src/leadline/locale/*/LC_MESSAGES/django.po)
PYTEST_WORKERS ?= 2
# Browsers and processes that are killed leave the processors idle: one more shares them.
WAITING_WORKERS ?= $(shell expr $(PYTEST_WORKERS) + 1)
# Where SQL of our own is most of the matter, both databases are asked (docs/house.md).
ON_BOTH := $(addprefix src/leadline/,core duplicates quality segments)
# Tests that kill processes and drive browsers share the machine with all others: what failed is run once more,
# alone and told. What fails twice fails.
WHAT_FAILED := --last-failed --last-failed-no-failures none
tried = { $(BIN)/pytest -n $(1) --dist worksteal $(2) || { echo "Once more, alone, what failed:" && $(BIN)/pytest $(WHAT_FAILED) $(2); }; }
HOST ?= 127.0.0.1
PORT ?= 8000

.PHONY: help setup setup-dev run test crash-test check bench messages requirements chromium postgresql

help: ## Show this.
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 24

setup: $(VENV)/.ready $(PO:.po=.mo) ## Make .venv with everything to run Leadline, and .venv/bin/leadline.

setup-dev: setup $(VENV)/.ready-dev ## The same, with what tests and checks need.

run: setup ## Start Leadline with its own database on http://localhost:8000.
	@exec $(BIN)/leadline serve --host $(HOST) --port $(PORT)

test: setup-dev chromium postgresql ## Run every test, in a real browser too.
	@if ls /usr/lib/postgresql/*/bin/initdb > /dev/null 2>&1; then \
		echo "On the distribution's PostgreSQL:" && \
		( export LEADLINE_TEST_POSTGRES=debian; $(call tried,$(PYTEST_WORKERS),src) ) && \
		echo "On the embedded PostgreSQL:" && \
		$(call tried,$(WAITING_WORKERS),$(ON_BOTH) tests); \
	else \
		$(call tried,$(WAITING_WORKERS),src tests); \
	fi

crash-test: setup-dev ## Kill processes fifty times under writes; nothing may be lost.
	PYTHONPATH=src:. $(BIN)/python -m tests.operation.killing --kills 50

check: setup-dev ## Format, lint, types, floors, tests.
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(MAKE) test

bench: setup ## Measure (docs/benchmarks.md).
	$(BIN)/leadline bench

messages: setup ## Collect texts for translation and compile the translations.
	@$(BIN)/python scripts/messages.py

requirements: setup-dev ## Renew the exact versions in requirements*.txt.
	@for list in requirements requirements-dev; do \
		uv pip compile --quiet --upgrade --universal --generate-hashes --no-annotate --no-header \
			--no-emit-index-url --no-emit-find-links --python-version 3.11 $$list.in -o $$list.txt; \
	done

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Leadline needs Python 3.11 or newer: make setup PYTHON=/path/to/python3.11")'
	@if command -v uv > /dev/null; then uv venv --quiet --allow-existing --python $(PYTHON) $(VENV); \
	else $(PYTHON) -m venv $(VENV) || { echo "Python lacks venv: apt-get install python3-venv"; rm -rf $(VENV); exit 1; }; fi

# The lists are whole. Left to follow dependencies, pip asks for the newest release of what is named with an extra
# (pydantic[email]), and refuses it when it is not the listed one.
$(VENV)/.ready: requirements.txt pyproject.toml | $(BIN)/python
	@if command -v uv > /dev/null; then \
		uv pip install --quiet --compile-bytecode --no-deps --require-hashes --python $(BIN)/python -r requirements.txt && \
		uv pip install --quiet --no-deps --no-build-isolation --python $(BIN)/python -e .; \
	else \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.txt && \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .; \
	fi
	@$(BIN)/python -m compileall -q src || true
	@touch $@

$(VENV)/.ready-dev: requirements-dev.txt | $(VENV)/.ready
	@if command -v uv > /dev/null; then \
		uv pip install --quiet --compile-bytecode --no-deps --require-hashes --python $(BIN)/python -r requirements-dev.txt; \
	else \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.txt; \
	fi
	@touch $@

%.mo: %.po | $(VENV)/.ready
	@$(BIN)/pybabel -q compile -D django -i $< -o $@

chromium:
	@command -v chromium-headless-shell chromium chromium-browser google-chrome > /dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
		export DEBIAN_FRONTEND=noninteractive; apt-get -qq update && \
		{ apt-get -qq install -y chromium-headless-shell || apt-get -qq install -y chromium; } > /dev/null; \
	else \
		echo "The tests need a browser: apt-get install chromium-headless-shell (or chromium)"; exit 1; \
	fi

postgresql:
	@ls /usr/lib/postgresql/*/bin/initdb > /dev/null 2>&1 || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
		apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y postgresql > /dev/null; \
	else \
		echo "Tests on a second PostgreSQL are left out: apt-get install postgresql"; \
	fi
