# Everything a person does with the project. "make help" lists it; the work is in scripts/.
SHELL := /bin/bash
PORT ?= 8080
export PORT

PYTHON_FILES := setup.py benchmarks scripts src tests
MARKUP = $(shell git ls-files --cached --others --exclude-standard '*.zcml' '*.xml' '*.pt' | grep -vE '^tests/.*/data/|/documents/templates/')

.PHONY: help start stop production-demo test fault-test check format lock import benchmark detection-report mutation-report clean install install-test

help: ## What can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

start: ## Install, build, fill with samples, serve desk and portal (PORT=8080, BACKGROUND=1, DELIVERER=off)
	@scripts/install.sh run
	@scripts/start.sh

stop: ## Stop what "make start" serves
	@scripts/stop.sh

test: install-test ## All tests: checks, unit, both sites over HTTP, a real browser
	@scripts/test.sh

fault-test: install-test ## The long fault test: 200 kills of desk, portal and deliverers, 200 lives of the state machine (SEED=1, KILLS=200)
	@DELIBERATION_KILLS=$${KILLS:-200} DELIBERATION_SEED=$${SEED:-1} DELIBERATION_EXAMPLES=$${EXAMPLES:-200} \
	  PYTHONWARNINGS=ignore .venv/bin/python -m pytest -q tests/live/test_faults.py tests/publishing/test_state_machine.py

check: install-test ## Style of Python, ZCML, XML and templates
	@.venv/bin/ruff check $(wildcard $(PYTHON_FILES))
	@.venv/bin/ruff format --check $(wildcard $(PYTHON_FILES))
	@.venv/bin/zpretty --check $(MARKUP)

format: install-test ## Put all files in style
	@.venv/bin/ruff check --fix $(wildcard $(PYTHON_FILES))
	@.venv/bin/ruff format $(wildcard $(PYTHON_FILES))
	@.venv/bin/zpretty --inplace $(MARKUP)

import: ## Import an iA.Délib answer: FILE=items.json [MEETING=meeting.json] [INSTITUTION=slug]
	@scripts/import.sh

production-demo: ## What a region runs, on this machine: start it, check it, back up and restore, stop it (KEEP=1: leave it running)
	@scripts/install.sh production
	@.venv/bin/python scripts/production/demo.py

benchmark: install-test ## Cost of a portal page against a plain Plone page
	@scripts/benchmark.sh

install:
	@scripts/install.sh run

install-test:
	@scripts/install.sh test

detection-report: install-test ## Figures of the detection of personal data on the gold set, with and without a model
	@.venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r requirements-detect.txt
	@.venv/bin/python -W ignore tests/detection/report.py

mutation-report: install-test ## Take the guard out of each exit of the desk in turn; print the test that notices
	@PYTHONWARNINGS=ignore .venv/bin/python tests/canary/mutations.py

lock: install ## Renew requirements*.txt from requirements*.in
	@scripts/lock.sh

clean: ## Remove what was installed and built here; sample data in var/ stays
	@rm -rf .venv .installed.cfg bin develop-eggs eggs parts
