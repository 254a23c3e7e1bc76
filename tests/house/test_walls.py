"""The walls of the house: what the import contracts cannot say in a line."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.settings import ROOT

FLOORS = ("web", "actions", "store", "domain")
PORTAL = ROOT / "portal"

# A wing of a floor imports the same wing below it. What else it may know there:
KNOWS = {
    "applications": {"catalogue", "counting", "people", "self_check"},  # what cannot wait is told with the same lines
    "catalogue": {"people"},
    "counting": {"applications", "catalogue", "groups"},
    "groups": {"catalogue", "people"},
    "insatser": {"catalogue", "self_check"},  # the catalogue's pages; a search tells whom to call with the same lines
    "languages": {"applications", "catalogue"},
    "officials": {"catalogue", "self_check"},
    "people": set[str](),
    "self_check": {"applications", "catalogue"},  # a result names what one can apply for
    "staff": {"applications", "catalogue", "counting", "groups", "languages", "officials", "people"},
}


def wings() -> list[Path]:
    """Return every folder of a wing, floor by floor."""
    found = [path for floor in FLOORS for path in sorted((PORTAL / floor).iterdir()) if path.name in KNOWS]
    return [path for path in found if path.is_dir()]


def imported(path: Path) -> Iterator[str]:
    """Yield what a file imports of the portal."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("portal."):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("wing", wings(), ids=lambda path: str(path.relative_to(PORTAL)))
def test_a_wing_knows_below_it_its_own_and_what_it_stands_on(wing: Path) -> None:
    floor = wing.parent.name
    foreign = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in wing.rglob("*.py")
        for name in imported(path)
        for below, known in [name.split(".")[1:3]]
        if below != floor and known in KNOWS and known not in {wing.name, *KNOWS[wing.name]}
    }
    assert foreign == set()


@pytest.mark.parametrize("wing", wings(), ids=lambda path: str(path.relative_to(PORTAL)))
def test_no_file_repeats_the_name_of_its_wing(wing: Path) -> None:
    one = wing.name.removesuffix("s")
    assert [path.name for path in wing.glob("*.py") if path.stem == wing.name or path.stem.startswith(f"{one}_")] == []


def test_the_contract_of_the_self_check_names_all_that_remembers() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (contract,) = [one for one in contracts if one["name"].startswith("the self-check reaches nothing")]
    forbidden = contract["forbidden_modules"]
    remembering = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in (PORTAL / "store").rglob("*.py")
        if "migrations" not in path.parts and "sqlalchemy" in path.read_text(encoding="utf-8")
    }
    assert len(remembering) > 20
    assert {name for name in remembering if not any(f"{name}.".startswith(f"{one}.") for one in forbidden)} == set()


def test_no_file_is_long_enough_to_be_two() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in PORTAL.rglob("*.py")}
    assert {str(path.relative_to(ROOT)): length for path, length in lengths.items() if length > 300} == {}


def test_no_function_is_long_enough_to_be_two() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in sorted(PORTAL.rglob("*.py"))
        if "migrations" not in path.parts  # a step is a list of tables
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno - node.lineno >= 50  # type: ignore[operator]
    ]
    assert long == []
