# Mingle. `make demo` shows it, `make test` tests it; neither needs more than Python 3.11 and make.

PORT ?= 8000
WORKERS ?= 2
VENV ?= .venv
# The first Python on this machine that is new enough, or else python3, which then says so in words.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && exit; \
	done; echo python3)
RUN := $(VENV)/bin/python
TEMPLATES := site events schools
FAST_TESTS = .ci/part --within 600 "Fast tests" $(RUN) -m pytest -m "not slow" -n $(WORKERS) -q -rs
# It remarks on every line that is let through; the remarks are shown where something else is wrong.
SECURITY = .ci/part "Security" $(RUN) -m bandit --quiet -ll -r site events schools manage.py gunicorn.conf.py
export PYTHONPATH := site:.

.PHONY: help demo test test-fast lint format bench crawl pictures install install-dev install-node

help:
	@echo "make demo       the demonstration, at http://localhost:$(PORT)/ (PORT= changes it)"
	@echo "make test       every test, on real PostgreSQL; make test-fast leaves out the slow ones"
	@echo "make lint       style, types, layers, migrations; make format puts style right"
	@echo "make bench      the benchmarks"
	@echo "make crawl      every address of the CMS, as each role, with everybody's ids"
	@echo "make pictures   every page in every state, to look at: pictures/index.html; PAGES=\"home list*\" takes some,"
	@echo "                PAGES=families all that nobody signs in for"

install:
	@$(PYTHON) site/mingle/install.py $(VENV) requirements.txt

install-dev:
	@$(PYTHON) site/mingle/install.py $(VENV) requirements-dev.txt

# What measures pages and runs on Node: the HTML validator (it needs Java too), and the last Lighthouse for Node 20.
install-node:
	@npm install --no-audit --no-fund --no-save --ignore-scripts --prefix .data/node vnu-jar@26.9.27 lighthouse@12.2.3

# The launcher takes the shell's place, so that a signal to make reaches it and it ends with make.
demo: install
	@exec $(RUN) -m mingle.launcher --port "$(PORT)" --end-with-parent

test: install-dev
	@fast=0; slow=0; \
	$(FAST_TESTS) || fast=1; \
	.ci/part "Slow tests" $(RUN) -m pytest -m slow -n $(WORKERS) --dist loadfile --no-loadscope-reorder --durations 20 -q -rsR || slow=1; \
	exit $$((fast + slow))

test-fast: install-dev
	@$(FAST_TESTS)

lint: install-dev
	@failed=0; \
	.ci/part "Style" $(RUN) -m ruff check . || failed=1; \
	.ci/part "Format" $(RUN) -m ruff format --check . || failed=1; \
	.ci/part "Templates" $(RUN) -m djlint --quiet --lint $(TEMPLATES) || failed=1; \
	mkdir -p .data; $(SECURITY) 2>.data/bandit.log || { cat .data/bandit.log; failed=1; }; \
	.ci/part "Types" $(RUN) -m ty check site events schools || failed=1; \
	.ci/part "Layers" $(RUN) -c "from importlinter.cli import lint_imports_command; lint_imports_command()" || failed=1; \
	.ci/part "Migrations" $(RUN) manage.py makemigrations --check --dry-run --settings mingle.settings.test || failed=1; \
	exit $$failed

format: install-dev
	@$(RUN) -m ruff check --fix --exit-zero .
	@$(RUN) -m ruff format .

bench: install-dev
	@MINGLE_CLUSTER=bench DJANGO_SETTINGS_MODULE=mingle.settings.demo $(RUN) -m tests.bench

crawl: install-dev
	@$(RUN) -m pytest tests/organisations/wall/test_crawl.py -n $(WORKERS) -q -s

pictures: install-dev
	@MINGLE_PICTURES="$(PAGES)" $(RUN) -m pytest tests/journeys/take_pictures.py -q -s
