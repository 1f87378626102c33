"""What the tables cost in memory, measured in a process of its own."""

import importlib.util
import sys
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "accuracy_actors_places.py"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="resident memory is read from /proc")
def test_the_loaded_tables_take_less_than_150_mib():
    spec = importlib.util.spec_from_file_location("accuracy_actors_places", BENCHMARK)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    used = module.memory_of_tables()
    assert 0 < used < 150
