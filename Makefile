# Two commands: `make run` and `make test`. Everything else serves them.

PYTHON ?= python3
UV_VERSION := 0.13.9
BIN := .venv/bin
WORDS := yipanqi/core/locale/en/LC_MESSAGES/django
export UV_DEFAULT_INDEX ?= $(shell $(PYTHON) -m pip config get global.index-url 2>/dev/null)
ifeq ($(UV_DEFAULT_INDEX),)
unexport UV_DEFAULT_INDEX
endif

.PHONY: run setup test check bench nightly archive lock

run: setup
	@$(BIN)/yipanqi run --demo

setup: $(WORDS).mo

$(WORDS).mo: $(WORDS).po .venv/ok
	@$(BIN)/yipanqi assets

.venv/ok: requirements.txt pyproject.toml package-lock.json
	@test -d .venv || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@$(BIN)/uv pip install --quiet --require-hashes -r requirements.txt
	@$(BIN)/uv pip install --quiet --no-deps -e .
	@npm ci --silent --omit=dev
	@touch $@

.venv/dev: .venv/ok $(WORDS).mo requirements-dev.txt
	@$(BIN)/uv pip install --quiet --require-hashes -r requirements-dev.txt
	@npm ci --silent
	@touch $@

test: .venv/dev
	@BIN=$(BIN) sh tests/run.sh

check: .venv/dev
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/lint-imports
	@$(BIN)/mypy

bench: .venv/dev
	@$(BIN)/python -m bench

nightly: .venv/dev
	@BIN=$(BIN) NIGHTLY=1 sh tests/run.sh

archive: setup
	@BIN=$(BIN) sh deploy/archive.sh

lock:
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt
