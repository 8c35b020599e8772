# 常用：make run（样例上试用）、make test（全部日常测试）。只需要 python3.11、pip 和 make。
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
RUNTIME := $(VENV)/.ready-runtime
TESTING := $(VENV)/.ready-testing
PEERS := $(VENV)/.ready-peers
# Compiled tests are kept whatever the shell says: compiling all of them anew is a quarter of a run.
export PYTHONDONTWRITEBYTECODE :=

# The checks and the daily tests in parts that run side by side, the longest first: each is one process, so that what its tests share
# is made once. Together about a hundred seconds of processor, measured on a crowded machine; a fresh clone, where tests are compiled and
# types looked at for the first time, takes twenty-five more.
PARTS := test-rest test-bot test-reading check test-knowledge
DAILY := $(BIN)/python -m pytest -p no:cacheprovider -m "not chaos and not soak and not ocr and not peers and not thorough and not pictures"
CORES := $(shell getconf _NPROCESSORS_ONLN)

.PHONY: setup run test $(PARTS) test-pictures test-large test-thorough bench test-chaos test-soak test-ocr test-peers fuzz clean

setup: $(RUNTIME)

$(RUNTIME): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) -e .
	@touch $@

$(TESTING): $(RUNTIME)
	$(PIP) -e '.[test]'
	@touch $@

# The main job on sample data: import three documents, then answer questions until the input ends.
run: setup
	@$(BIN)/qiantou --home .sample-home run --sample docs/样例

# Everything that a change must keep green. One process more than cores, for some tests wait for other processes; what they write
# to a disk is written to memory where there is any: they wait for the disk thousands of times.
test: $(TESTING)
	@TMPDIR=$$(mktemp -d $(if $(wildcard /dev/shm/.),-p /dev/shm)); export TMPDIR; chmod 711 "$$TMPDIR"; trap 'rm -rf "$$TMPDIR"' EXIT; \
	$(MAKE) --no-print-directory --keep-going -j $$(($(CORES) + 1)) $(if $(filter output-sync,$(.FEATURES)),--output-sync) $(PARTS)

test-reading: $(TESTING)
	$(DAILY) tests/knowledge/reading tests/knowledge/parsing tests/knowledge/examination tests/knowledge/review

test-knowledge: $(TESTING)
	$(DAILY) tests/knowledge tests/handlers $(addprefix --ignore=tests/knowledge/,reading parsing examination review)

test-bot: $(TESTING)
	$(DAILY) tests/bot

test-rest: $(TESTING)
	$(DAILY) tests $(addprefix --ignore=tests/,bot handlers knowledge)

check: $(TESTING)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

# Kills processes at random moments, cuts files short and fills disks. A thousand kills under load take about ten minutes;
# CHAOS_KILLS=100 make test-chaos is enough for a change.
CHAOS_KILLS ?= 1000
test-chaos: $(TESTING)
	CHAOS_KILLS=$(CHAOS_KILLS) HYPOTHESIS_PROFILE=$${HYPOTHESIS_PROFILE:-exploring} $(BIN)/python -m pytest -m chaos

# A simulated day of an office at work: a disconnect a minute, everything answered once, memory flat.
test-soak: $(TESTING)
	$(BIN)/python -m pytest -m soak

# The summary as a .png: installs the drawing and the Chinese face of the extra [pictures].
test-pictures: $(TESTING)
	$(PIP) -e '.[pictures]'
	$(BIN)/python -m pytest -m pictures

# The search of very many rows: installs the compiler of the extra [large], which takes some ten seconds the first time.
test-large: $(TESTING)
	$(PIP) -e '.[large]'
	$(BIN)/python -m pytest tests/knowledge/search

# Every property on a hundred examples, and what takes seconds each. HYPOTHESIS_PROFILE=exploring tries other ones each time.
test-thorough: $(TESTING)
	HYPOTHESIS_PROFILE=$${HYPOTHESIS_PROFILE:-thorough} $(BIN)/python -m pytest -n auto --dist worksteal -m "(hypothesis or thorough) and not chaos and not soak and not ocr and not peers"

# Scans: installs the recognition of the extra [ocr]; takes minutes.
test-ocr: $(TESTING)
	$(PIP) -e '.[ocr]'
	$(BIN)/python -m pytest -m ocr

# Our fake platforms against independent parties: the official Node packages, aiocqhttp, NoneBot. Installs the extra [peers],
# which brings its own Node, and the packages that tests/peers/package-lock.json pins.
test-peers: $(PEERS)
	$(BIN)/python -m pytest -m peers tests/peers

$(PEERS): $(TESTING) tests/peers/package-lock.json
	$(PIP) -e '.[peers]'
	$(PIP) --no-deps 'nonebot-adapter-qq==1.7.3'  # alone: its ceiling on cryptography would hold ours back; the rest it needs is there
	PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --prefix tests/peers --silent
	@touch $@

# Damaged files of every kind for a minute (FUZZ_SECONDS=600 for ten); findings are kept in fuzz-findings/.
fuzz: $(TESTING)
	$(BIN)/python -m tests.knowledge.reading.fuzz

# Ratios against named peers measured in the same run; prints, never fails on a number.
bench: $(TESTING)
	$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) tests/peers/node_modules .sample-home .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
