.PHONY: help demo test lint css lock bench

UV = .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header pyproject.toml

help: ## Say what can be made
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 14

demo: ## Install and serve the portal with invented accounts, http://127.0.0.1:8000
	@bin/demo

test: ## Run the whole suite on SQLite, then on PostgreSQL
	@bin/test

lint: ## Run every linter
	@bin/lint

bench: ## Measure beside a bare view, Wagtail and nginx, a quarter of an hour
	@bin/install dev
	@bench/install
	@bin/with-postgres .venv/bin/python -m bench $(BENCH)

css: ## Build static/css from ui/scss (needs Node)
	npm ci --ignore-scripts
	npm run css

lock: ## Choose the newest allowed versions and write their hashes
	.venv/bin/python -m pip install --quiet uv==0.13.9
	$(UV) --upgrade --output-file requirements.txt
	$(UV) --upgrade --group dev --output-file requirements-dev.txt
