# Every target makes and refreshes .venv by itself. `make` alone prints what there is.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.stamp
# Hand-written Python that ships inside the generated package: formatted as what is generated.
SHIPPED := generator/opspec/dataclass.py generator/opspec/emitters/python/runtime generator/opspec/emitters/python/package generator/opspec/notation/assembly.py generator/opspec/notation/assembly_elements.py generator/opspec/notation/assembly_reader.py generator/opspec/notation/quoting.py generator/opspec/notation/relations.py generator/opspec/notation/relation_checks.py generator/opspec/notation/relation_terms.py generator/opspec/notation/scanning.py opspecs

# Releases of Enzyme that the specs are compared with, each installed into a folder of its own.
RELEASES := 0.0.14 0.0.15 0.0.16

# What is generated is a distribution of its own; its version so far is what an upgrade suggests the next one from.
BINDINGS := generated/python/pyproject.toml
QUICK := tests/unit tests/rejected tests/golden/test_golden.py generated/tests
VERSION = $(shell sed -n 's/^version = "\(.*\)"/\1/p' $(BINDINGS))

.DEFAULT_GOAL := help
.PHONY: help generate rust probe check test test-quick sweep faults mutants fuzz judge dialects golden lint types bench docs dist lock clean

help: ## Print the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

generate: $(STAMP) ## Regenerate all, then differentiate for real; ENZYME=<checkout, URL or release> [REF=..] [INCLUDES=..] upgrades first
ifdef ENZYME
	@$(BIN)/opspec upgrade $(ENZYME) --current-version $(VERSION) $(if $(REF),--ref $(REF)) $(foreach folder,$(INCLUDES),-I $(folder)) || { \
		code=$$?; test $$code = 100 || { echo "make: folders for -I go into INCLUDES here" >&2; exit $$code; }; }
	@$(BIN)/python -m pytest -n auto generated/tests
else
	@$(BIN)/opspec generate
endif
	@$(BIN)/python examples/gradient.py --if-available

rust: $(STAMP) ## Write the crate melior-enzyme to build/rust and run its tests, where cargo finds melior and LLVM
	@$(BIN)/opspec generate $(patsubst %,--spec %,$(wildcard opspecs/*/dialect.yaml)) --package enzyme_mlir --only rust -o build/rust
	@command -v cargo > /dev/null || { echo "make: there is no cargo" >&2; exit 1; }
	@cd build/rust/rust/melior-enzyme && cargo test

probe: $(STAMP) ## Compare the specs with the releases of Enzyme; write releases.yaml beside each spec, and docs/probe
	@for release in $(RELEASES); do test -d build/enzyme/$$release/enzyme_ad || $(BIN)/python -m pip install -qq \
		--disable-pip-version-check --no-deps --target build/enzyme/$$release enzyme-ad==$$release; done
	@$(BIN)/opspec probe $(RELEASES:%=--enzyme build/enzyme/%) --record --pages docs/probe
	@$(BIN)/opspec generate

check: $(STAMP) ## Say whether the generated files are in sync with the specs
	@$(BIN)/opspec check

test: $(STAMP) ## Run the tests; those that go over every host, release and convention, or many random inputs, are in `make sweep`
	@$(BIN)/python -m pytest -n auto --dist worksteal -m "not sweep"

sweep: $(STAMP) ## Run the tests that `make test` leaves out
	@$(BIN)/python -m pytest -n auto --dist worksteal -m sweep

test-quick: $(STAMP) ## Run the tests of the generator without Enzyme, and every builder on one host
	@$(BIN)/python -m pytest -n auto --dist worksteal -m "not sweep" $(QUICK)

faults: $(STAMP) ## Kill runs of generate, let two run at once, fill the disk: which tree is left? FAULTS='--kills 300 --pairs 50'
	@$(BIN)/python -m tests.faults $(FAULTS)

mutants: $(STAMP) ## Plant bugs at random and say how many the tests notice, by folder; FOLDER=.. COUNT=.. SEED=..
	@$(BIN)/python -m tests.mutants $(if $(FOLDER),--folder $(FOLDER)) $(if $(COUNT),--count $(COUNT)) $(if $(SEED),--seed $(SEED))

fuzz: $(STAMP) ## Damage specs, dumps, notations, formats at random: a diagnostic or a result; COUNT=.. SEED=.. FUZZ='projects'
	@$(BIN)/python -m tests.fuzz --count $(or $(COUNT),2000) --seed $(or $(SEED),1) $(FUZZ)

judge: $(STAMP) ## Differentiate 3,000 random programs and hold them against two references; JUDGE='--seed 2 --shrink'
	@$(BIN)/python -m tests.enzyme.judge --programs 3000 $(JUDGE)

dialects: $(STAMP) ## Measure the dialects of MLIR, StableHLO, torch-mlir, IREE with their hosts' C++; DIALECTS='--only mlir'
	@$(BIN)/python -m tests.hosts $(DIALECTS)

golden: $(STAMP) ## Rewrite the expected trees of the golden tests
	@$(BIN)/python -m tests.golden.rewrite

lint: $(STAMP) ## Lint and format check, of our code and of the generated code; lint of the specs
	@$(BIN)/ruff check -q .
	@$(BIN)/ruff format -q --diff .
	@$(BIN)/black -q --check --diff generated/python generated/tests $(SHIPPED)
	@$(BIN)/opspec lint

types: $(STAMP) ## Strict types: the generator, the generated package, the tests that are about types
	@$(BIN)/mypy --python-version 3.10 generator/opspec --exclude 'emitters/python/(runtime|package)'
	@$(BIN)/mypy generated/python
	@$(BIN)/mypy tools
	@$(BIN)/mypy --allow-untyped-decorators tests/typing/program.py tests/typing/derivatives.py examples benchmarks
	@$(BIN)/basedpyright --level error

bench: $(STAMP) ## Time everything, on all hosts, as ratios in one run: a table, and build/bench.json; BENCH='--only building'
	@$(BIN)/python -m benchmarks $(BENCH)

docs: $(STAMP) ## Build the documentation as a site, in build/site/<version>, beside versions that are there already
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict -d build/site/$(VERSION)
	@$(BIN)/python tools/site_versions.py build/site

dist: ## Build sdists and wheels of both into build/dist, and try them in empty environments; PYTHONS='python3.10 ..'
	@$(PYTHON) tools/dist.py $(PYTHONS)

lock: ## Pin the newest versions of everything that the tests run with
	@rm -rf build/lock && $(PYTHON) -m venv build/lock
	@build/lock/bin/pip install -q --upgrade pip setuptools
	@build/lock/bin/pip install -q -e '.[dev]' -e 'generated/python[mlir,jax,torch,iree,enzyme]'
	@build/lock/bin/pip freeze --all --exclude-editable --exclude pip | $(PYTHON) tools/lock.py > requirements.lock

clean: ## Remove .venv and caches
	@rm -rf .venv build .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(STAMP): requirements.lock pyproject.toml $(wildcard $(BINDINGS))
	@test -x $(BIN)/python || { echo "setting up .venv: an empty environment first"; $(PYTHON) -m venv .venv; }
	@echo "setting up .venv: installing $$(grep -c == requirements.lock) packages (a few minutes the first time)"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -r requirements.lock
	@echo "setting up .venv: installing what is in this tree"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e . \
		$(if $(wildcard $(BINDINGS)),-e generated/python)
	@touch $@
