"""The independent packages are the ones that were pinned, and the pins name no registry."""

import json
import re
from importlib import import_module

import pytest

from tests.peers.conftest import Run
from tests.peers.scripts import FOLDER

pytestmark = pytest.mark.peers
PINNED = json.loads((FOLDER / "package.json").read_text("utf-8"))["dependencies"]


async def test_node_packages_are_installed_in_the_pinned_versions(node: Run) -> None:
    script = await node("packages.mjs")
    assert {name: await script.ask({"call": "version", "with": [name]}) for name in PINNED} == {
        name: {"value": version} for name, version in PINNED.items()
    }


def test_every_pin_is_exact_and_no_lock_names_where_it_came_from() -> None:
    assert [version for version in PINNED.values() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
    lock = json.loads((FOLDER / "package-lock.json").read_text("utf-8"))
    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []


@pytest.mark.parametrize("module", ["wecom_aibot_sdk", "aiocqhttp", "nonebot"])
@pytest.mark.filterwarnings("ignore")
def test_python_packages_are_installed(module: str) -> None:
    assert import_module(module)
