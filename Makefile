# Every target sets up what it needs. Needed on the machine: GNU make, and Python 3.11 or later with
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
KILLS ?=
CASE ?=
RUNS ?=
JSON ?=
BOARD ?=
NO_BROWSER ?=
WITH ?=
PAGE ?=
AGENCY ?=
CHAPTER ?=
OUT ?=

# What a user gives reaches the shell as variables of its own, letter for letter: neither make nor
# the shell ever evaluates it. So recipes write "$$YEAR", in quotation marks, and never $(YEAR).
GIVEN := YEAR DATA EDITION AS_AT FIRST_PAGE PYTHON PYTEST_ARGS AGAINST SEED SAMPLE N ONE KILLS BOARD WITH PAGE NO_BROWSER \
  CASE RUNS JSON AGENCY CHAPTER OUT
$(foreach name,$(GIVEN),$(eval override $(name) := $$(value $(name))))
export $(GIVEN)
# What is set for another Python or another environment changes no report.
unexport $(filter-out PYTHON,$(filter PYTHON%,$(.VARIABLES))) VIRTUAL_ENV __PYVENV_LAUNCHER__

# An active conda environment made from environment.yml is used as it is; otherwise .venv is made.
ifeq ($(CONDA_DEFAULT_ENV),hscb-report)
RUN := python
READY := .conda-ready
else
RUN := .venv/bin/python
READY := ready
endif

.DEFAULT_GOAL := help
.PHONY: help report test check new status template preview lab refresh bench mutate fuzz anywhere audit lint lock clean ready

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

report: $(READY) ## make the reports of YEAR (default: the latest) of DATA (default data) in _build/
	@$(RUN) -m hscb_report render $${YEAR:+"$$YEAR"} --data "$$DATA" --edition "$$EDITION" \
	  --first-page "$$FIRST_PAGE" $${AS_AT:+--as-at "$$AS_AT"}

check: $(READY) ## find what is wrong in the data of YEAR
	@$(RUN) -m hscb_report check $${YEAR:+"$$YEAR"} --data "$$DATA"

new: $(READY) ## begin YEAR from the year before; BOARD="name" begins a new board in DATA, WITH=chapters
	@$(RUN) -m hscb_report create "$$YEAR" --data "$$DATA" $${BOARD:+--board "$$BOARD"} $${WITH:+--with "$$WITH"}

status: $(READY) ## say what of YEAR is done, and what is to do
	@$(RUN) -m hscb_report status $${YEAR:+"$$YEAR"} --data "$$DATA"

template: $(READY) ## write a workbook that agencies fill in for YEAR; AGENCY=code or CHAPTER=name, OUT=folder
	@$(RUN) -m hscb_report template $${YEAR:+"$$YEAR"} --data "$$DATA" $${AGENCY:+--agency "$$AGENCY"} \
	  $${CHAPTER:+--chapter "$$CHAPTER"} $${OUT:+--out "$$OUT"}

test: $(READY) ## run every test, the notebooks and the book included
	@$(RUN) -m tests

preview: $(READY) ## show the pages of YEAR in a browser, anew with every edit, until Ctrl-C
	@$(RUN) -m hscb_report preview $${YEAR:+"$$YEAR"} --data "$$DATA" --edition "$$EDITION" \
	  $${AS_AT:+--as-at "$$AS_AT"}

lab: $(READY) ## open the notebooks in JupyterLab; NO_BROWSER=1 only says where it is
	@$(RUN) -m hscb_report.notebooks.lab $${NO_BROWSER:+--no-browser}

refresh: $(READY) ## run the notebooks as they stand and store their outputs
	@$(RUN) -m hscb_report refresh $${YEAR:+--year "$$YEAR"}

bench: $(READY) ## measure ours and the plain way in turn; BOARD=real, CASE=cell, RUNS=3, AGAINST=folder, JSON=file
	@$(RUN) -m tests.bench $${BOARD:+--board "$$BOARD"} $${CASE:+--case "$$CASE"} $${RUNS:+--runs "$$RUNS"} \
	  $${AGAINST:+--against "$$AGAINST"} $${JSON:+--json "$$JSON"}

mutate: $(READY) ## put SAMPLE small faults into calculations and rules, list those that no test finds
	@$(RUN) -m tests.mutate --seed "$$SEED" --sample "$$SAMPLE"

fuzz: $(READY) ## try N damaged inputs of SEED, ONE=number that one again; kill a render KILLS times
	@$(RUN) -m tests.fuzz --seed "$$SEED" --inputs "$$N" $${ONE:+--one "$$ONE"}
	@test -z "$$KILLS" || $(RUN) -m pytest -q tests/test_kills.py

anywhere: $(READY) ## make the report in other zones, locales, folders and Pythons: is it the same?
	@$(RUN) -m tests.anywhere

audit: $(READY) ## look at all pages in a browser at every width; BOARD=northshire, PAGE=budget alone
	@$(RUN) -m tests.browser.audit $${BOARD:+--board "$$BOARD"} $${PAGE:+--page "$$PAGE"}

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

# The environment is whole, of this lock, in this folder (a moved one would run the code of the old
# place), and its Python is still there; otherwise it is made. The last line says so, at the end.
ready:
	@{ pwd -P; cksum requirements.lock pyproject.toml set_up.py; } | cmp -s - .venv/ready \
	  && .venv/bin/python -I -c '' 2>/dev/null && exit 0; \
	if ! command -v "$$PYTHON" >/dev/null; then \
	  printf 'Set-up: there is no program "%s". Name a Python: make PYTHON=python3.12\n' "$$PYTHON"; exit 1; fi >&2; \
	"$$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  printf 'Set-up: "%s" is no Python of 3.11 or later. Name another: make PYTHON=python3.12\n' "$$PYTHON"; exit 1; } >&2; \
	"$$PYTHON" -I set_up.py && \
	{ pwd -P; cksum requirements.lock pyproject.toml set_up.py; } > .venv/ready

.conda-ready: environment.yml pyproject.toml
	@python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
