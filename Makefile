# Needs only Python >= 3.11 (with pip and venv) and make. Everything goes into .venv, from hashed locks.
#
#   make demo    set up, reconstruct the example, say where the report is
#   make test    set up, run the tests
#   make help    the other targets

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# PYTHON may name an interpreter; without it the first fitting one on the path is taken.
PYTHON ?=
VENV := .venv
PEERS := .venv-peers
PRIORS := .venv-priors
LOWEST := .venv-lowest
PY := $(VENV)/bin/python
UV := $(VENV)/bin/uv
DONE := $(VENV)/.done
EXAMPLE := examples/inje-1946/article.md
OUT ?= out/inje-1946
INJE_SHARED ?= ../shared
ARGS ?=

# Nothing of the caller's other environments may reach into this one.
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV CONDA_PREFIX PIP_USER PIP_TARGET PIP_PREFIX UV_SYSTEM_PYTHON
export UV_HTTP_TIMEOUT ?= 180
# The certificates of the system, where it keeps some: a network may have its own authority.
CERTIFICATES := $(wildcard /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem)
export UV_SYSTEM_CERTS ?= $(if $(CERTIFICATES),true,false)

LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)
EXTRAS := --extra pdf --extra docx --extra geo --extra studio --extra dask

.PHONY: help setup demo test slow lint check format types audit lock bench peers priors lowest \
        screenshots practice docs bless coverage mutants fuzz release clean

help:  ## say what can be made
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-20s %s\n", $$1, $$2 }'

# ---- setting up: each step leaves a file behind, so a second call has nothing to do ----

# An environment holds absolute paths: in a folder that was moved or copied it begins anew.
ifneq ($(shell cat $(DONE)/place 2>/dev/null || echo $(CURDIR)),$(CURDIR))
$(shell rm -rf $(DONE) $(PEERS)/.done $(PRIORS)/.done $(LOWEST)/.done)
endif

$(DONE)/setup: requirements/setup.lock
	@python=; for each in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python; do \
	  if $$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$each; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "inje needs Python 3.11 or newer and found none: install one, or say make PYTHON=/path/to/python" >&2; exit 1; \
	fi; \
	echo "setting up $(VENV) with $$($$python --version)"; \
	if ! $(PY) -m pip --version >/dev/null 2>&1 || [ "$$(cat $(DONE)/place 2>/dev/null)" != "$(CURDIR)" ]; \
	then $$python -m venv --clear $(VENV); fi
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@mkdir -p $(DONE) && echo "$(CURDIR)" >$(DONE)/place && touch $@

# Compiled once here: where Python may not write bytecode, each start would compile everything anew.
$(DONE)/run: requirements/run.lock $(DONE)/setup
	@UV_COMPILE_BYTECODE=1 $(UV) pip install --quiet --python $(PY) --require-hashes -r $<
	@touch $@

$(DONE)/dev: requirements/dev.lock $(DONE)/setup
	@UV_COMPILE_BYTECODE=1 $(UV) pip install --quiet --python $(PY) --require-hashes -r $<
	@touch $@

# The package itself, editable: again whenever pyproject.toml may have changed its entry points.
$(DONE)/package: pyproject.toml $(DONE)/setup
	@$(UV) pip install --quiet --python $(PY) --no-deps --no-build-isolation --editable .
	@$(PY) -m compileall -q src
	@touch $@

setup: $(DONE)/dev $(DONE)/package  ## set up .venv for work on inje

$(PEERS)/.done: requirements/peers.lock $(DONE)/setup
	@echo "setting up $(PEERS)"
	@$(UV) venv --quiet --clear --python $(PY) $(PEERS)
	@$(UV) pip install --quiet --python $(PEERS)/bin/python --require-hashes -r $<
	@touch $@

peers: $(PEERS)/.done  ## set up .venv-peers with the rivals of the benchmarks

$(PRIORS)/.done: requirements/priors.lock pyproject.toml $(DONE)/setup
	@echo "setting up $(PRIORS)"
	@$(UV) venv --quiet --clear --python $(PY) $(PRIORS)
	@$(UV) pip install --quiet --python $(PRIORS)/bin/python --require-hashes -r $<
	@$(UV) pip install --quiet --python $(PRIORS)/bin/python --require-hashes -r requirements/setup.lock
	@$(UV) pip install --quiet --python $(PRIORS)/bin/python --no-deps --no-build-isolation --editable .
	@touch $@

$(LOWEST)/.done: requirements/lowest.lock pyproject.toml $(DONE)/setup
	@$(PY) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11) and \
	  "make lowest needs Python 3.11: the oldest versions of the parts were not built for newer ones")'
	@echo "setting up $(LOWEST)"
	@$(PY) -m venv --clear $(LOWEST)
	@$(UV) pip install --quiet --python $(LOWEST)/bin/python --require-hashes -r $<
	@$(UV) pip install --quiet --python $(LOWEST)/bin/python --require-hashes -r requirements/setup.lock
	@$(UV) pip install --quiet --python $(LOWEST)/bin/python --no-deps --no-build-isolation --editable .
	@touch $@

# ---- what a user asks for ----

demo: $(DONE)/run $(DONE)/package  ## reconstruct the example and say where its report is
	@$(PY) -m inje reconstruct $(EXAMPLE) -o $(OUT)
	@echo "the report: $(CURDIR)/$(OUT)/report.html"

test: setup  ## run the tests, all but the slow ones (ARGS= goes to pytest)
	@$(PY) -m pytest -m "not slow" $(ARGS)

# ---- what a developer asks for ----

slow: setup  ## run the slow tests too
	@$(PY) -m pytest $(ARGS)

lowest: $(LOWEST)/.done  ## run the tests on the oldest supported versions of what inje needs
	@: # an old part warns of newer ones that it calls: that is no fault of ours
	@$(LOWEST)/bin/python -m pytest -m "not slow" -W default::DeprecationWarning -W default::FutureWarning $(ARGS)

lint: setup  ## style, types, direction of imports
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/lint-imports --no-logo
	@$(VENV)/bin/basedpyright
	@$(PY) .ci/surface.py

check: lint audit  ## lint, and look for known weaknesses

audit: setup
	@$(VENV)/bin/bandit --quiet --recursive --configfile pyproject.toml src
	@$(PY) .ci/audit.py requirements/dev.lock requirements/setup.lock

format: setup  ## rewrite the sources in house format
	@$(VENV)/bin/ruff check --fix-only .
	@$(VENV)/bin/ruff format .

coverage: setup  ## run the tests and print what share they reach, and what they do not
	@$(VENV)/bin/coverage run -m pytest -m "not slow" $(ARGS)
	@$(VENV)/bin/coverage report
	@$(PY) .ci/covered.py

mutants: setup  ## change the sources in small ways and count the changes that no test notices
	@$(PY) .ci/mutants.py $(ARGS)

fuzz: setup  ## try to break every reader and loader with spoilt input (ARGS="--seconds 300")
	@$(PY) -W ignore -m tests.fuzz.test_readers $(ARGS)
	@$(PY) -W ignore -m tests.fuzz.test_files $(ARGS)

bench: setup peers  ## run the benchmarks
	@$(PY) -m benchmarks $(ARGS)

priors: $(PRIORS)/.done  ## learn the table of priors from the public battle data
	@$(PRIORS)/bin/python -m inje.gallery.priors $(ARGS)

screenshots: setup  ## write the pictures of the documentation: the report at three widths, figures
	@$(PY) -m inje reconstruct $(EXAMPLE) -o $(OUT)
	@$(PY) .ci/screenshots.py $(OUT)/report.html docs/pictures
	@$(PY) -m tests.pages --pictures docs/figures docs/tutorial.md docs/one-page.md

practice: setup  ## reconstruct every practice article and write the table of them
	@$(PY) .ci/practice.py $(INJE_SHARED)/articles docs/practice.md $(ARGS)

docs: setup  ## build the documentation, strictly
	@$(PY) .ci/reference.py docs/reference
	@$(VENV)/bin/zensical build --clean --strict

bless: setup  ## accept changed golden numbers, after reading the difference
	@$(PY) -m pytest -m golden --bless $(ARGS)

release: setup  ## build wheel and sdist into dist/, try them in an empty environment, weigh it
	@$(PY) .ci/release.py dist $(UV)

lock: $(DONE)/setup  ## resolve the locks again (UPGRADE=1 takes newer versions)
	@$(LOCK) pyproject.toml $(EXTRAS) --group dev -o requirements/dev.lock
	@printf 'uv==%s\nhatchling\neditables\n' "$$($(UV) --version | cut -d' ' -f2)" \
	  | $(LOCK) - -c requirements/dev.lock -o requirements/setup.lock
	@$(LOCK) pyproject.toml -c requirements/dev.lock -o requirements/run.lock
	@$(LOCK) pyproject.toml --group priors -c requirements/dev.lock -o requirements/priors.lock
	@$(LOCK) --group peers -o requirements/peers.lock
	@$(LOCK) pyproject.toml $(EXTRAS) --group test --resolution lowest-direct -o requirements/lowest.lock

clean:  ## remove everything that was made
	rm -rf $(VENV) $(PEERS) $(PRIORS) $(LOWEST) out dist site .cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
