# A few words for developers; `make site` and `make test` are all that anybody else needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The sample school lives in November 2026; without a fixed day its consents would expire one by one.
SAMPLE := portfolios --date 2026-11-22

# Compiled once, not at every start: the tests start hundreds of programs.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: site test check style drift programs bench shots serve format lock setup setup-dev

site: setup ## Build the sample school's three sites
	@$(BIN)/stupeni keys init $(SAMPLE) --keep
	@$(BIN)/stupeni cards $(SAMPLE)
	@$(BIN)/stupeni build $(SAMPLE)

serve: ## Serve the built sites on this computer only
	@$(BIN)/stupeni serve

test: setup-dev programs ## Run every test
	@$(BIN)/python -m pytest -n 3 --dist loadscope --no-loadscope-reorder --junitxml=.pytest_cache/last-run.xml

check: style drift ## Style, types, import contracts, schema and docs drift

style: setup-dev
	@$(BIN)/ruff format --check generator tests
	@$(BIN)/ruff check generator tests
	@$(BIN)/mypy
	@$(BIN)/lint-imports

drift: setup-dev # what `test` runs, too: the quick part of it
	@$(BIN)/python -m pytest -q -n 2 tests/test_house.py tests/test_schema.py tests/test_labels.py tests/test_no_scores.py tests/test_docs.py

programs: # a browser, servers, Java: what no lock file brings
	@sh tests/install-programs.sh

bench: setup-dev ## Measure us beside others on generated schools: hours; goes on where it stopped
	@$(BIN)/python -m tests.bench --size 300,1200,3000
	@$(BIN)/python -m tests.bench --large
	@$(BIN)/python -m tests.bench.scans
	@$(BIN)/python -m tests.bench.sweep
	@$(BIN)/python -m tests.bench.reading --students=1500
	@$(BIN)/python -m tests.bench.opening

shots: setup-dev ## Pictures of every kind of page, three widths, light and dark, for our eyes: .shots/
	@$(BIN)/python -m tests.shots

format: setup-dev
	@$(BIN)/ruff check --fix-only -q generator tests
	@$(BIN)/ruff format generator tests

# The sample has pictures of an iPhone, so the lock brings the extra [heic]: its wheels hold x265 and
# are GPLv2 as a whole. Stupeni itself does not need it.
setup: $(VENV)/.site
setup-dev: $(VENV)/.dev

$(VENV)/.site: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.site
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

lock: ## Choose newest allowed versions anew, with hashes
	@$(BIN)/pip-compile -q --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --strip-extras --build-deps-for editable --extra heic --extra tables -o requirements.lock pyproject.toml
	@$(BIN)/pip-compile -q --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --strip-extras --build-deps-for editable --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml
