# make demo   set up and read the example dispatches
# make test   set up and run the tests
# make check  linters and type checker
# make lock   renew the lock files after a change of dependencies

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
DEMO ?= examples.detente

.PHONY: demo test check lock clean

$(VENV)/.runtime: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install -q --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.runtime

demo: $(VENV)/.runtime
	@rm -f $(DEMO) $(DEMO)-wal $(DEMO)-shm
	$(BIN)/detente read examples/*/dispatch.txt --record $(DEMO)
	$(BIN)/detente events --record $(DEMO)
	$(BIN)/detente statements --record $(DEMO)
	$(BIN)/detente agreements --record $(DEMO)
	$(BIN)/detente plans --record $(DEMO)

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lock:
	uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml build-requirements.in -o requirements.lock
	uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml build-requirements.in --group dev --all-extras -o requirements-dev.lock

clean:
	rm -rf $(VENV) $(DEMO)*
