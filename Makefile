# Two commands: make run shows the portal, make test proves it; make check is the quick half of that.
PYTHON ?= python3
PORT ?= 8000
STANDARDS ?= ../shared/standards
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
COMPILE := --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header

.PHONY: install run test conform check axe fuzz mutants engines bench drill deploy-one nation plone lock pictures translations clean

install: $(INSTALLED) translations

$(INSTALLED): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed: make PYTHON=python3.12 …"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(INSTALLED)

translations: $(INSTALLED)
	@$(BIN)/portal translations compile

run: install
	@PORTAL_ENV=development $(BIN)/portal samples load >/dev/null
	@echo "Insatsportalen: http://127.0.0.1:$(PORT)/  (Ctrl-C stops it)"
	@PORTAL_ENV=development $(BIN)/gunicorn --bind 127.0.0.1:$(PORT) --log-level warning wsgi:app

# Everything; or what ARGS names: make test ARGS=tests/web, ARGS=tests/web/test_errors.py, ARGS=part_of_a_name.
test: install
	@$(BIN)/python tests/check.py $(ARGS)

# What is published, against the official schemas and shapes in STANDARDS; it fails where they are not there.
conform: $(VENV)/.conform translations
	@$(BIN)/python tests/conform.py $(STANDARDS)

$(VENV)/.conform: $(INSTALLED) conform.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r conform.lock
	touch $(VENV)/.conform

# Lint, types, contracts and the domain's tests, for the hour between.
check: install
	@$(BIN)/python tests/check.py --quick

# Every rule of axe on both screens in every language, before a release; `make test` leaves out what cannot differ.
axe: install
	@AXE=everything $(BIN)/python -m pytest -q -n 2 --dist worksteal \
		tests/browser/test_accessible.py tests/browser/test_staff.py -k "axe"

# Twenty thousand spoilt requests on each database, from a seed that is printed; SEED sends the same again.
fuzz: install
	@$(BIN)/python tests/bad_input.py $(if $(SEED),--seed $(SEED))

# Two hundred faults, one at a time, in a copy: does a test of that floor see each? SEED puts in the same again.
mutants: install
	@nice $(BIN)/python -m tests.mutants.run $(if $(SEED),--seed $(SEED))

# The self-check and a sign-up in another engine: WebKit, fetched by apt where it is missing, or ENGINES="webkit firefox".
engines: install
	@PYTHONPATH=. $(BIN)/python tests/engines/run.py $(ENGINES)

bench: install
	@$(BIN)/python tests/bench/run.py

# The documented set-up is broken in every way we know; nothing may be lost. `make drill ONLY=sqlite`, or a drill's name.
drill: install
	@PYTHONPATH=. $(BIN)/python tests/drill/run.py $(ONLY)

# The recipe for one kommun, on a fresh Debian in a folder: root, debootstrap, Debian packages and PyPI are needed.
deploy-one:
	@$(PYTHON) deploy/one-kommun/trial.py

# The recipe of a region with 290 kommuner, in namespaces of this machine: hosts are killed. ONLY=primary.
nation: install
	@PYTHONPATH=. ONLY="$(ONLY)" $(BIN)/python -m tests.nation.run

# A real Plone from its lock, the add-on, Lekeberg's catalogue, a change by two persons, and the portal's page with it.
plone: install
	@PYTHONPATH=. $(BIN)/python -m tests.plone.run

# The pictures of README and docs, from the real pages.
pictures: install
	@$(BIN)/python tests/browser/pictures.py

# After a change of dependencies in pyproject.toml.
lock:
	$(BIN)/pip-compile $(COMPILE) --extra dev -o requirements.lock pyproject.toml
	$(BIN)/pip-compile $(COMPILE) --extra dev --extra conform -o conform.lock -c requirements.lock pyproject.toml
	cd plone && ../$(BIN)/pip-compile $(COMPILE) -o requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) instance build .coverage* .mypy_cache .ruff_cache .pytest_cache
	find portal tests -name __pycache__ -prune -exec rm -rf {} +
