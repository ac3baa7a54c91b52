# `make` alone lists the targets: each one's text stands behind its ##, each group's behind ##@.
.DEFAULT_GOAL := help
.PHONY: help install lock assets demo chromium test lint types contracts coverage bench bench-scoring storm pictures tables permissions \
	migration clean

PYTHON ?= python3
BIN := .venv/bin
PYTEST := $(BIN)/pytest
DEMO := PANEL_ENV=demo $(BIN)/panel

##@ Setting up
help: ## List the targets
	@awk -f scripts/targets.awk $(MAKEFILE_LIST)

install: ## Make .venv from the lock, every hash checked (at once when nothing changed)
	@$(PYTHON) scripts/bootstrap.py

assets: install ## Fill panel_app/static/vendor with styles, scripts and fonts
	@$(BIN)/python scripts/assets.py

lock: install ## Write both locks anew from pyproject.toml (U="--upgrade" takes the newest)
	@$(BIN)/python scripts/lock.py $(U)

clean: ## Remove what was made: .venv, assets, caches; the data in instance/ stays
	rm -rf .venv node_modules panel_app/static/vendor .mypy_cache .pytest_cache .ruff_cache .import_linter_cache \
		.hypothesis .coverage .coverage.* coverage build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

##@ Running
demo: assets ## Seed a round in mid-flow, print the sign-ins, start web, scheduler and mail page
	@$(DEMO) seed-demo
	@$(DEMO) run

##@ Checking
chromium: ## Install Debian's chromium when it is missing and this is root
	@command -v chromium >/dev/null && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y chromium; \
	else \
		echo "The browser tests need chromium: apt-get install chromium" >&2; exit 1; \
	fi

ifdef T
test: chromium assets ## Run everything: lint, types, contracts, all tests (T=path: those tests alone, one at a time)
	@$(PYTEST) -n 0 $(T)
else
test: chromium assets
	@failed=; \
	for part in lint types contracts; do $(MAKE) --no-print-directory $$part || failed="$$failed $$part"; done; \
	$(PYTEST) -n 2 --durations=10 || failed="$$failed tests"; \
	test -z "$$failed" || { echo "Failed:$$failed" >&2; exit 1; }
endif

lint: install ## Ruff: rules and format
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: install ## mypy, strict
	@$(BIN)/mypy

contracts: install ## Who may import whom
	@$(BIN)/lint-imports --no-logo

coverage: chromium assets ## Line coverage: rules 100 %, the rest over 90 %
	@$(PYTEST) -n 2 --cov --cov-report=
	@$(BIN)/coverage html --quiet
	@$(BIN)/coverage report --omit='*/rules.py,*/rules/*' --skip-covered --fail-under=90
	@$(BIN)/coverage report --include='*/rules.py,*/rules/*' --skip-covered --fail-under=100

storm: assets ## The long kills and races that `make test` leaves out
	@$(PYTEST) -n 0 -m storm

bench: assets ## Times and queries per page at 100 and 10,000 portfolios
	@$(BIN)/python -m bench

bench-scoring: chromium assets ## Saves of 50 and 500 members at once, kills, and the sheet's page with 300 pages
	@$(BIN)/python -m bench.scoring

bench-conflicts: install ## The check of conflicts at 100 × 100 to 2,000 × 10,000: time, memory, slope
	@$(BIN)/python -m bench.conflicts

##@ Writing
permissions: assets ## Write the committed permission matrix from the app
	@$(BIN)/python -m scripts.permissions

tables: assets ## Write the tables of docs/ that come from the code
	@$(BIN)/python -m scripts.tables

pictures: chromium assets ## Make the pictures of README and docs from the demo
	@$(BIN)/python -m scripts.pictures

migration: install ## A new numbered migration from the models (M="add appeal")
	@test -n "$(M)" || { echo 'Say what it does: make migration M="add appeal"' >&2; exit 1; }
	@PANEL_ENV=demo $(BIN)/flask --app panel_app db migrate --message "$(M)" \
		--rev-id "$$(printf '%04d' $$(( $$(ls migrations/versions/[0-9]*.py | wc -l) + 1 )))"
