# make run   start Followthrough on this machine        make test   all tests
# make check what CI runs: format, lint, types, imports, docs and make test
#
# The locked requirements are plain files with hashes and not a uv.lock: a uv.lock names the
# registry it was made against in every entry, and whoever installs may use another one.

PY := .venv/bin/python
PORT ?= 8000
export PORT
# What touches the database runs on PostgreSQL too. Pages ask it through the ledger, and the stories
# open them; all pages there: bin/with_postgres.py .venv/bin/python -m pytest -n 4 tests/web
ON_POSTGRES := $(wildcard tests/house tests/ledger tests/worker tests/api tests/stories)
# More than a machine of two cores has: half of the time is waiting for browsers and servers. Whoever
# is done takes from whoever is not: else all wait at the end for one, who waits for killed workers.
PYTEST := $(PY) -m pytest -n 4 --dist worksteal
# Left out of djlint: fashions of layout and of search engines (H006 H013 H015 H029 H030 H031
# H043 T001 T003 T028), and D018, since the look's sample pages link to pages that may not be there.
NOT_LINTED := H006,H013,H015,H029,H030,H031,H043,T001,T003,T028,D018

.PHONY: run test check chaos lint types docs migrations bench pictures words lock dev

run:
	@bin/venv
	@exec $(PY) -m followthrough.project.serve

dev:
	@bin/venv dev
	@bin/tools

test: dev
	$(PYTEST)
	bin/with_postgres.py $(PYTEST) -m "not browser" $(ON_POSTGRES)

check: dev lint types migrations docs
	$(MAKE) test

lint:
	.venv/bin/ruff format --check
	.venv/bin/ruff check
	.venv/bin/lint-imports
	.venv/bin/djlint --lint --quiet --profile django --ignore $(NOT_LINTED) \
		--per-file-ignores templates/mail/ H021 src/followthrough/web/templates

types:
	.venv/bin/mypy

migrations:
	$(PY) manage.py makemigrations --check --dry-run

docs:
	@if [ -d tests/docs ]; then $(PY) -m pytest tests/docs; fi

# At their full size; the normal run has them in a short form.
chaos: export CHAOS_PEOPLE = 600
chaos: export CHAOS_REPLIES = 1000
chaos: dev
	$(PY) -m pytest -m chaos
	bin/with_postgres.py $(PY) -m pytest -m chaos tests/worker

bench: dev
	$(PY) -m bench

words: dev
	PYTHONPATH=src $(PY) -m languages

pictures: dev
	$(PY) tests/pictures.py

# uv comes from pip into the virtual environment; no index is written into the files.
lock: dev
	$(PY) -m pip --version >/dev/null 2>&1 || $(PY) -m ensurepip
	$(PY) -m pip install --quiet uv
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --custom-compile-command "make lock" \
		--extra postgres pyproject.toml -o requirements.txt
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --custom-compile-command "make lock" \
		--extra postgres --group dev -c requirements.txt pyproject.toml -o requirements-dev.txt
