# Each target sets itself up: a machine with Python 3.11 or newer and make is enough.
# `make site` builds the hub into site/, `make serve` previews it (`make serve MODULE=p2-into-lean` opens on a module), `make check` checks content and code, `make test` runs all tests, `make bench` measures how long it all takes (`make bench BENCH=--quick`: only whether the benchmarks work), `make test-release` the same with every module in every language, more kills and more mutations.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev

# Python keeps what it has compiled of the hub's own code: each of the hundreds of programs that the tests start is quicker by a fifth of a second.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: site serve check test browser lrs test-release bench clean
.DEFAULT_GOAL := site

site: $(READY)
	GREENSUPPLY_NO_CACHE='$(or $(NO_CACHE),$(GREENSUPPLY_NO_CACHE))' $(BIN)/mkdocs build --strict --clean

serve: $(READY)
	@test -z '$(MODULE)' || test -f 'modules/$(MODULE)/module.yml' || { echo "modules/$(MODULE)/module.yml: does not exist. Name a folder of modules/, such as make serve MODULE=$(notdir $(patsubst %/module.yml,%,$(firstword $(wildcard modules/*/module.yml))))"; exit 1; }
	GREENSUPPLY_MODULE='$(MODULE)' $(BIN)/mkdocs serve

check: $(READY_DEV)
	$(BIN)/greensupply check
	$(BIN)/ruff check hooks tests benchmarks
	$(BIN)/ruff format --check hooks tests benchmarks
	$(BIN)/mypy

test: $(VENV)/bin/pip
	+$(MAKE) --jobs=3 --no-print-directory $(READY_DEV) browser lrs
	$(BIN)/pytest --numprocesses auto --dist worksteal

# What the tests need beside the packages; neither needs those, so all three are made ready at the same time.
browser: $(VENV)/bin/pip
	$(BIN)/python tests/browser/install.py

lrs: $(VENV)/bin/pip
	$(BIN)/python tests/lrs_environment.py

test-release:
	GREENSUPPLY_EVERYTHING=1 GREENSUPPLY_KILLS=100 GREENSUPPLY_MUTATIONS=5000 $(MAKE) test

bench: $(READY_DEV)
	$(BIN)/python benchmarks/run.py $(BENCH)

clean:
	rm -rf $(VENV) .venv-lrs site

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name it: make PYTHON=python3.12 site"; exit 1; }
	$(PYTHON) -m venv $(VENV) || { echo "The venv module is missing; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }

$(READY): pyproject.toml constraints.txt | $(VENV)/bin/pip
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	touch $@

$(READY_DEV): pyproject.toml constraints.txt | $(VENV)/bin/pip
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,handouts]'
	touch $@ $(READY)
