# One command does it all: `make chat`. It needs Python 3.11 or newer, with pip and venv.
PYTHON ?= python3
ARGS ?=
DATA ?=

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
LOG := $(VENV)/install.log
LOCK := build/lock

.DEFAULT_GOAL := help
.PHONY: help setup chat test check bench browser lock clean

help: ## affiche cette aide
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

setup: $(STAMP) ## installe tout dans .venv (refait si pyproject.toml ou constraints.txt change)
	@:

chat: setup ## ouvre le chat sur http://127.0.0.1:7860 (options : ARGS="--port 7861")
	@exec $(BIN)/aseqa chat $(ARGS)

test: setup browser ## lance tous les tests (choix : ARGS="tests/test_package.py")
	@$(BIN)/python -m pytest $(ARGS)

check: setup ## vérifie le style, les types et le sens des imports
	@echo "→ ruff"
	@$(BIN)/ruff format --quiet --check . || { echo "À reformater : $(BIN)/ruff format ." >&2; exit 1; }
	@$(BIN)/ruff check --quiet .
	@echo "→ mypy"
	@mkdir -p build/typing && ln -sfn ../../ui build/typing/aseqa_ui
	@$(BIN)/mypy
	@echo "→ import-linter"
	@$(BIN)/lint-imports --no-logo

bench: setup ## refait les mesures (avec DATA=dossier, aussi celles qui demandent PIAF, la CNIL et le code)
	@[ -z "$(DATA)" ] || $(BIN)/python -m pip install --quiet -c constraints.txt --editable '.[training]'
	@set -e; for program in benchmarks/[a-z]*.py; do \
	  if grep -q -e '"--data"' "$$program"; then \
	    [ -n "$(DATA)" ] || { echo "→ $$program : demande DATA=dossier"; continue; }; \
	    echo "→ $$program"; $(BIN)/python "$$program" --data "$(DATA)"; \
	  else echo "→ $$program"; $(BIN)/python "$$program" $(ARGS); fi; \
	done

# What the browser tests drive: the system's chromium, else Playwright's own.
browser: setup
	@if command -v chromium >/dev/null; then \
	  echo "Navigateur des tests : $$(command -v chromium)"; \
	elif [ "$$(id -u)" = 0 ] && grep -qs '^ID=debian' /etc/os-release; then \
	  echo "Navigateur des tests : installation du paquet Debian chromium…"; \
	  { apt-get update && DEBIAN_FRONTEND=noninteractive \
	    apt-get install --yes --no-install-recommends chromium; } >$(VENV)/browser.log 2>&1 \
	    || { cat $(VENV)/browser.log >&2; exit 1; }; \
	else \
	  echo "Navigateur des tests : installation par Playwright…"; \
	  $(BIN)/playwright install chromium || { \
	    echo "Il faut un Chromium pour les tests du chat : installez le paquet chromium." >&2; exit 1; }; \
	fi

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "aseqa demande Python 3.11 ou plus récent, et « $(PYTHON) » répond : $$($(PYTHON) --version 2>&1)." >&2; \
	  echo "Installez-le, ou nommez-le : make $(or $(MAKECMDGOALS),setup) PYTHON=python3.12" >&2; exit 1; }
	@rm -f $@
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || { \
	  echo "Environnement Python : $(VENV)…"; rm -rf $(VENV); \
	  $(PYTHON) -m venv $(VENV) || { \
	    echo "Le module venv de Python manque (Debian, Ubuntu : apt install python3-venv)." >&2; exit 1; }; }
	@echo "Installation des bibliothèques : environ 2 Go, quelques minutes la première fois…"
	@# Only the large files are told one by one; the whole log comes out when pip fails.
	@# Without --no-compile, half of the time goes into compiling what nothing imports.
	@rm -f $(VENV)/failed; \
	{ { $(BIN)/python -m pip install --progress-bar off --no-compile -c constraints.txt setuptools \
	    && $(BIN)/python -m pip install --progress-bar off --no-compile -c constraints.txt \
	         --no-build-isolation --editable '.[dev]'; } 2>&1 || touch $(VENV)/failed; } \
	| tee $(LOG) | while read -r word file size unit; do \
	  case "$$word $$size $$unit" in \
	    "Downloading ("[0-9][0-9]*" MB)") echo "  … $$file $$size $$unit" ;; \
	    *" packages: setuptools") ;; \
	    "Installing packages: "*) echo "  … mise en place" ;; \
	  esac; \
	done; \
	if [ -e $(VENV)/failed ]; then cat $(LOG) >&2; echo "L'installation a échoué : voir ci-dessus." >&2; exit 1; fi
	@touch $@
	@echo "Prêt."

# The exact versions of everything that a fresh environment takes. Left out: the project itself,
# pip, and the CUDA libraries, whose versions torch fixes; "+cpu" goes, so that any build fits.
lock: ## refait constraints.txt dans un environnement neuf
	@rm -rf $(LOCK) && $(PYTHON) -m venv $(LOCK)
	@echo "Résolution et installation, quelques minutes…"
	@$(LOCK)/bin/python -m pip install --quiet '.[dev]'
	@$(LOCK)/bin/python -m pip freeze --all --exclude aseqa --exclude pip >$(LOCK)/freeze.txt
	@{ echo "# Made by \`make lock\`; do not edit."; \
	  sed -e 's/+[A-Za-z0-9.]*$$//' $(LOCK)/freeze.txt \
	  | grep -E '^[A-Za-z0-9._-]+==' | grep -Ev '^(nvidia-|cuda-|triton)' | LC_ALL=C sort -f; } >$(LOCK)/constraints.txt
	@mv $(LOCK)/constraints.txt constraints.txt
	@echo "constraints.txt : $$(grep -c == constraints.txt) versions."

clean: ## efface tout ce qui se refait
	@rm -rf $(VENV) build dist embeddings/index .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
