# Two commands do all their own set-up, on a fresh Debian with Python 3.11 or later and make:
#   make site    builds the guide into build/
#   make test    runs every check
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help site test weigh audit bench fuzz lock clean

export PYTHON ?= python3
BIN := .venv/bin
# More options, such as: make site OPTIONS='--base-url https://example.org/guide/'
#                     or: make bench OPTIONS='--sizes 500 --tools otpt,hugo --repeat 3'
OPTIONS ?=
# More options for pytest, such as: make test TESTS='tests/site -k links'
TESTS ?=

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile

site: ## Build the guide into build/
	@.ci/setup site
	@$(BIN)/otpt build $(OPTIONS)

test: ## Run every check: style, types, tests, and the built site in a browser
	@.ci/setup test
	@.ci/check $(TESTS)

weigh: site ## Print how much of each page travels in the first view
	@$(BIN)/python bench/weigh.py build

audit: ## Print Lighthouse's scores of five pages (installs it from npm)
	@.ci/setup test
	@bench/audit.sh

bench: ## Measure speed and memory beside other generators (installs them from PyPI and npm)
	@.ci/setup site
	@$(BIN)/python -m bench $(OPTIONS)

fuzz: ## Type into the guide's files by chance, half an hour in all (installs Atheris from PyPI)
	@.ci/setup test
	@tests/fuzz/run.sh $(OPTIONS)

lock: ## Renew the pinned versions in .ci/lock/ and tests/browser/
	@.ci/setup test
	@.ci/renew-lock

clean: ## Remove what was built and installed here
	rm -rf build .cache .venv .coverage htmlcov tests/browser/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis
