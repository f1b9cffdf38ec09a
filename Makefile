# Everything sets itself up: a machine with Python 3.11+, git and make is enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.installed-runtime
DEV := $(VENV)/.installed-dev

.PHONY: help run test check bench week city format messages clean

help:
	@echo "make run    start Doorstep (no tokens: the sandbox at http://127.0.0.1:8080)"
	@echo "make test   run the tests"
	@echo "make check  lint, format, types, imports, message catalogues"
	@echo "make bench  measure and print ratios"
	@echo "make week   play a week of a platform (ORDERS=200 SEED=1)"
	@echo "make city   play a day of a city (PROVIDERS=1000 CUSTOMERS=10000 ORDERS=200 SEED=1 DATABASE=sqlite)"

$(RUNTIME): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Doorstep needs Python 3.11 or newer"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(DEV): $(RUNTIME)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[dev]"
	@touch $@

run: $(RUNTIME)
	@$(BIN)/python -m bot

test: $(DEV)
	$(BIN)/python -m pytest -n 3 --maxschedchunk 1 -m "not slow"

check: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy core bot db bench
	$(BIN)/lint-imports
	$(BIN)/python -m tests.house.catalogues

bench: $(DEV)
	$(BIN)/python -m bench

week: $(DEV)
	$(BIN)/python -m tests.week --orders $(or $(ORDERS),200) --seed $(or $(SEED),1)

city: $(DEV)
	$(BIN)/python -m tests.cityday --providers $(or $(PROVIDERS),1000) --customers $(or $(CUSTOMERS),10000) \
		--orders $(or $(ORDERS),200) --seed $(or $(SEED),1) --database $(or $(DATABASE),sqlite)

format: $(DEV)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: $(DEV)
	$(BIN)/python -m tests.house.catalogues --update

clean:
	rm -rf $(VENV) data .pytest_cache .mypy_cache .ruff_cache .hypothesis
