# Every target sets up what it needs. Needed on the machine: make, and Python 3.11 or later with
# venv and pip. `make help` lists the targets.

SHELL := /bin/sh
YEAR ?=
DATA ?= data
EDITION ?= public
AS_AT ?=
FIRST_PAGE ?= 1
PYTHON ?= python3
PYTEST_ARGS ?= -q -n auto
AGAINST ?=
SEED ?= 1
SAMPLE ?= 200
N ?= 2000
ONE ?=

# An active conda environment made from environment.yml is used as it is; otherwise .venv is made.
ifeq ($(CONDA_DEFAULT_ENV),hscb-report)
RUN := python
READY := .conda-ready
else
RUN := .venv/bin/python
READY := .venv/ready
endif

.DEFAULT_GOAL := help
.PHONY: help report test check preview lab refresh bench mutate fuzz lint lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

report: $(READY) ## make the reports of YEAR (default: the latest) of DATA (default data) in _build/
	@$(RUN) -m hscb_report render $(if $(YEAR),"$(YEAR)") --data "$(DATA)" --edition "$(EDITION)" --first-page "$(FIRST_PAGE)" \
	  $(if $(AS_AT),--as-at "$(AS_AT)")

check: $(READY) ## find what is wrong in the data of YEAR
	@$(RUN) -m hscb_report check $(if $(YEAR),"$(YEAR)") --data "$(DATA)"

test: $(READY) ## run every test, the notebooks and the book included
	@$(RUN) -m pytest $(PYTEST_ARGS)

preview: $(READY) ## make the report and open it in a browser
	@$(RUN) -m hscb_report render $(if $(YEAR),"$(YEAR)") --data "$(DATA)" --edition "$(EDITION)" --open

lab: $(READY) ## open the notebooks in JupyterLab
	@$(RUN) -m jupyterlab --notebook-dir=. notebooks

refresh: $(READY) ## run the notebooks as they stand and store their outputs
	@$(RUN) -m hscb_report refresh $(if $(YEAR),--year "$(YEAR)")

bench: $(READY) ## measure check and report; AGAINST=folder compares with another checkout
	@$(RUN) tests/bench.py $(if $(AGAINST),--against "$(AGAINST)")

mutate: $(READY) ## put SAMPLE small faults into calculations and rules, list those that no test finds
	@$(RUN) -m tests.mutate --seed "$(SEED)" --sample "$(SAMPLE)"

fuzz: $(READY) ## try N damaged inputs of SEED on check and render; ONE=number tries that one again
	@$(RUN) -m tests.fuzz --seed "$(SEED)" --inputs "$(N)" $(if $(ONE),--one "$(ONE)")

lint: $(READY) ## check style, types, imports and spelling
	@$(RUN) -m ruff check . && $(RUN) -m ruff format --check . && $(RUN) -m mypy && $(RUN) -m codespell_lib
	@$(RUN) -c 'from importlinter.cli import lint_imports; raise SystemExit(lint_imports())' --no-cache

lock: $(READY) ## choose newer versions of the packages and write requirements.lock
	@$(RUN) -m uv pip compile --quiet --universal --upgrade --python-version 3.11 \
	  --generate-hashes --all-extras pyproject.toml --output-file requirements.lock \
	  --custom-compile-command "make lock"

clean: ## remove everything that was made, the environment included
	rm -rf _build .venv .conda-ready .mypy_cache .ruff_cache .hypothesis mutants
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# uv is the one package that pip installs: with the version and hashes that the lock has for it.
.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed; $(PYTHON) is older. Name another: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@rm -rf .venv && $(PYTHON) -m venv .venv
	@awk '/^[^ #]/ { on = /^uv==/ } on && !/^ *#/' requirements.lock > .venv/uv.txt
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .venv/uv.txt
	@.venv/bin/python -m uv pip install --quiet --python .venv/bin/python --require-hashes --no-deps -r requirements.lock
	@.venv/bin/python -m uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --editable .
	@touch $@

.conda-ready: environment.yml pyproject.toml
	@python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
