# What one does with a checkout of steelyard. Needs git, make and Python 3.11 or newer; `make help` lists it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check --no-input
CASE ?= cases/korea-2026
MINUTES ?= 5
SEED ?= 0
RUNS ?= -1
ACTIVATE := $(if $(filter Windows_NT,$(OS)),$(VENV)\Scripts\activate,source $(BIN)/activate)

# Stamps: present when everything up to that point was installed.
READY := $(VENV)/.ready
DEV_READY := $(VENV)/.dev-ready
FUZZ_READY := $(VENV)/.fuzz-ready

# Python code, run in the environment: does it work, and does it hold the package of this very folder?
IS_OURS := import importlib.util, pathlib, pip; \
	(package,) = importlib.util.find_spec("steelyard").submodule_search_locations; \
	assert pathlib.Path(package).is_relative_to(pathlib.Path.cwd())

# A missing, half-made, broken or moved environment has no valid stamp, so it is made anew.
ifneq ($(wildcard $(READY)),)
ifneq ($(shell $(BIN)/python -c '$(IS_OURS)' >/dev/null 2>&1 && echo sound),sound)
$(shell rm -f $(READY) $(DEV_READY) $(FUZZ_READY))
endif
endif

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup report test browser lint format bench accuracy accept man docs fuzz parts lock clean

help: ## list what make can do here
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## make .venv with steelyard in it (only where something changed)
	@echo "Ready: $(BIN)/steelyard"

report: $(READY) ## build the case of Korea 2026 and its report (another: CASE=cases/NAME)
	@$(BIN)/steelyard build $(CASE)
	@echo "The program is $(BIN)/steelyard; to call it steelyard: $(ACTIVATE)"

test: lint browser ## lint, then run all tests
	@echo "Running the tests"
	@$(BIN)/python -m pytest -n auto --dist loadfile

browser: $(DEV_READY) ## find a Chromium for the tests of the page, or install one where that can be done
	@$(BIN)/python -m tests.browser.chromium

lint: $(DEV_READY) ## check style, layout, types and layers
	@echo "Checking style, layout, types and layers"
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check . || { echo "Not laid out as agreed; run: make format" >&2; exit 1; }
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo

format: $(DEV_READY) ## lay out the code, and mend what ruff can mend
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format .

bench: $(READY) ## time what the benchmarks time
	@for program in benchmarks/*.py; do echo "$$program"; $(BIN)/python "$$program" || exit 1; done

accuracy: $(DEV_READY) ## measure how well the reader reads (all that it missed: MISSED=--missed)
	@$(BIN)/python -m tests.accuracy.table $(MISSED) $(WRITE)

accept: $(DEV_READY) ## take what the cases give now as their gold files
	@$(BIN)/python -m pytest tests/cases --accept

man: $(READY) ## write the man page dist/steelyard.1
	@mkdir -p dist && $(BIN)/python -m steelyard.manual > dist/steelyard.1
	@echo "Wrote dist/steelyard.1; to read it: man -l dist/steelyard.1"

docs: $(DEV_READY) ## build the documentation site into site/
	@$(BIN)/python -m tools.site

fuzz: $(FUZZ_READY) ## look for input that breaks a parser (MINUTES=5 of processors; which: TARGETS="page text"; SEED=1)
	@$(BIN)/python -m fuzz --minutes $(MINUTES) --seed $(SEED) --runs $(RUNS) $(TARGETS)

parts: $(DEV_READY) ## list all parts with licences, as CycloneDX in dist/
	@$(BIN)/python -m tools.parts

# uv alone can lock for every system at once; it stays out of the environment.
UV_COMPILE = "$$folder"/bin/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-annotate --no-header $(UPGRADE)

lock: ## write the requirements files anew (newer releases too: UPGRADE=--upgrade)
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && \
	$(PYTHON) -m venv "$$folder" && "$$folder"/bin/python -m pip -qq install uv && \
	$(UV_COMPILE) pyproject.toml --output-file requirements.txt >/dev/null && \
	$(UV_COMPILE) --group build --output-file requirements-build.txt >/dev/null && \
	$(UV_COMPILE) --group fuzz --output-file requirements-fuzz.txt >/dev/null && \
	$(UV_COMPILE) pyproject.toml --group build --group dev --constraint requirements.txt \
		--constraint requirements-build.txt --output-file requirements-dev.txt >/dev/null && \
	echo "Wrote requirements.txt and those of build, fuzz and dev"

clean: ## remove .venv, caches and what builds wrote
	@rm -rf $(VENV) dist build site .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache fuzz/found cases/*/out
	@find src tests benchmarks tools -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamp goes first, so that a setup which breaks off is not taken for a finished one.
$(READY): pyproject.toml requirements.txt requirements-build.txt
	@command -v "$(PYTHON)" >/dev/null || { \
		echo "steelyard needs Python 3.11 or newer, and there is no '$(PYTHON)' here; name yours with: make PYTHON=..." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "steelyard needs Python 3.11 or newer, and '$(PYTHON)' is older; name a newer one with: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "Python's venv module is missing; install it (on Debian and Ubuntu: apt install python3-venv) and run make again" >&2; exit 1; }
	@if [ ! -f $@ ]; then echo "Making $(VENV)"; rm -rf $(VENV); $(PYTHON) -m venv $(VENV); fi
	@rm -f $@
	@echo "Installing what steelyard needs"
	@$(PIP) install --require-hashes -r requirements.txt -r requirements-build.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV_READY): $(READY) requirements-dev.txt
	@echo "Installing what the tests need"
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@

$(FUZZ_READY): $(READY) requirements-fuzz.txt
	@$(PIP) install --require-hashes -r requirements-fuzz.txt
	@touch $@
