# Every target sets up what it needs on first use. `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check
DATA ?= data/xinzhou-shebao/2021
OPEN ?= 1

.DEFAULT_GOAL := help
.PHONY: help setup report check lab test test-browser lint format figures relations bench bench-audit constraints clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/python:
	@echo "Creating $(VENV) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "juesuan needs Python 3.11 or newer; try make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.core: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing juesuan and what it needs (a few minutes the first time) ..."
	@$(PIP) install --progress-bar on -q -c constraints.txt -e .
	@touch $@

$(VENV)/.documents: $(VENV)/.core
	@echo "Installing what reads PDF, Word and old Excel files ..."
	@$(PIP) install --progress-bar on -q -c constraints.txt -e '.[documents]'
	@touch $@

$(VENV)/.batch: $(VENV)/.documents
	@echo "Installing what runs many departments ..."
	@$(PIP) install --progress-bar on -q -c constraints.txt -e '.[documents,batch]'
	@touch $@

$(VENV)/.test: $(VENV)/.batch
	@echo "Installing the test tools ..."
	@$(PIP) install --progress-bar on -q -c constraints.txt -e '.[documents,batch,test]'
	@touch $@

$(VENV)/.browser: $(VENV)/.test
	@echo "Installing the browser test tools ..."
	@$(PIP) install --progress-bar on -q -c constraints.txt -e '.[documents,batch,test,browser]'
	@touch $@

setup: $(VENV)/.batch ## create .venv with juesuan, its readers and the batch in it

report: $(VENV)/.core ## make the report of DATA (the sample by default) and open it
	@$(BIN)/juesuan report $(DATA)
	@if [ "$(OPEN)" = 1 ]; then $(BIN)/python -m juesuan.report.opening $(DATA); fi

check: $(VENV)/.documents ## check DATA and print the findings
	@$(BIN)/juesuan check $(DATA)

lab: $(VENV)/.batch ## open JupyterLab on the notebooks
	@$(BIN)/jupyter lab --LabApp.default_url=/lab/tree/notebooks/report.ipynb

test: $(VENV)/.test ## run the tests (Python only)
	@$(BIN)/python -m pytest

test-browser: $(VENV)/.browser ## open the report in Chromium and test it there
	@$(BIN)/python -m pytest tests/browser

lint: $(VENV)/.test ## ruff and mypy
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

format: $(VENV)/.test ## let ruff put the code in order
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .

figures: $(VENV)/.core ## draw the charts of DATA into figures/ (svg, png)
	@$(BIN)/python -m juesuan.charts.save $(DATA) $(patsubst data/%,figures/%,$(DATA))

bench: $(VENV)/.test ## time many reports beside plain papermill + nbconvert; writes docs/benchmarks.md (half an hour)
	@$(BIN)/python tests/bench.py

bench-audit: $(VENV)/.test ## inject errors into clean publications; writes docs/audit-benchmark.md
	@$(BIN)/python tests/bench_audit.py

relations: $(VENV)/.core ## write docs/relations.zh-CN.md from the rows that are executed
	@$(BIN)/python -m juesuan.relations.listing > docs/relations.zh-CN.md

constraints: | $(BIN)/python ## resolve the newest versions into constraints.txt
	@$(PIP) install -q uv
	@$(BIN)/uv pip compile --universal -q --upgrade --no-annotate --no-header --no-emit-index-url --python-version 3.11 --all-extras pyproject.toml -o constraints.txt
	@sed -i '1i # Pinned versions for every supported platform; made by `make constraints`. Holds no index address.' constraints.txt

clean: ## remove output and caches
	@rm -rf out build .pytest_cache .mypy_cache .ruff_cache .hypothesis
