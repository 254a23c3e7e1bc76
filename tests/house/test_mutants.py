"""`make mutants` itself: what it changes, whom it asks, when it fails; and that each explained mutant is still one."""

from dataclasses import asdict
from pathlib import Path

import pytest

from portal.settings import ROOT
from tests.mutants.explained import Explained, explained
from tests.mutants.making import Mutant, mutants_of
from tests.mutants.reach import Reach
from tests.mutants.run import SAMPLE, sample, source, tell
from tests.mutants.trying import give_code

CODE = '''"""A text."""
LIMIT = 3


@given(frozen=True)
def may(age: int | None, most: int = LIMIT - 1) -> bool:
    if age is None or not most:
        return False
    return (
        age <= most
    )
'''


def made(folder: Path) -> list[Mutant]:
    """Return the mutants of the code above."""
    (folder / "code.py").write_text(CODE, encoding="utf-8")
    return mutants_of(folder, "code.py")


def test_what_can_be_changed_is_changed_one_thing_at_a_time(tmp_path: Path) -> None:
    shown = [mutant.shown(CODE)[1:] for mutant in made(tmp_path)]
    assert sorted(after for _, after in shown) == sorted(
        [
            "LIMIT = 4",
            "def may(age: int | None, most: int = LIMIT + 1) -> bool:",
            "def may(age: int | None, most: int = LIMIT - 2) -> bool:",
            "if age is not None or not most:",
            "if age is None and not most:",
            "if age is None or most:",
            "return True",
            "return None",
            "age < most",
        ]
    )
    assert ("age <= most", "age < most") in shown


def test_what_is_worked_out_at_the_import_is_known_and_so_are_the_lines_of_a_head(tmp_path: Path) -> None:
    found = {mutant.shown(CODE)[2]: mutant for mutant in made(tmp_path)}
    at_import = [after for after, mutant in found.items() if mutant.is_at_import]
    assert len(at_import) == 3
    assert all(after.startswith(("LIMIT", "def may")) for after in at_import)
    assert found["if age is None and not most:"].lines == (7, 7)
    assert found["age < most"].lines == (9, 11)


def test_a_seed_draws_the_same_again() -> None:
    only = "portal/domain/people/reach.py"
    drawn = sample(10, 7, only)
    assert drawn == sample(10, 7, only)
    assert drawn != sample(10, 8, only)
    assert len(drawn) == 10 < SAMPLE


MIRRORED = "tests/domain/people/test_reach.py::test_a"
OTHER = "tests/actions/people/test_mail.py::test_b"
SLOW = "tests/actions/people/test_mail.py::test_c"


def a_mutant(line: int = 5, *, is_at_import: bool = False, path: str = "portal/domain/people/reach.py") -> Mutant:
    """Return a mutant of a line."""
    return Mutant(path, 0, 1, "", (line, line), is_at_import)


def test_a_mutant_meets_the_tests_that_ran_its_lines_its_own_first_and_then_the_quick_ones() -> None:
    ran = {5: frozenset({MIRRORED, OTHER, SLOW}), 6: frozenset({OTHER})}
    reach = Reach({MIRRORED: 3.0, OTHER: 1.0, SLOW: 2.0}, {"portal/domain/people/reach.py": ran})
    assert reach.tests_for(a_mutant(), [MIRRORED, OTHER, SLOW]) == [MIRRORED, OTHER, SLOW]
    assert reach.tests_for(a_mutant(6), [MIRRORED, OTHER, SLOW]) == [OTHER]
    # What works at the import is looked for wherever the file is used; what no test has run, in its own tests.
    assert reach.tests_for(a_mutant(6, is_at_import=True), [MIRRORED]) == [MIRRORED, OTHER, SLOW]
    assert reach.tests_for(a_mutant(7), [MIRRORED, OTHER]) == [MIRRORED]
    # A test that was written after the recording is asked too.
    new = "tests/domain/people/test_reach_properties.py::test_new"
    assert reach.tests_for(a_mutant(6), [MIRRORED, new]) == [new, OTHER]


def test_what_survived_is_looked_at_again_on_postgresql_too() -> None:
    here, there = "tests/store/test_audit.py::test_a[sqlite]", "tests/store/test_audit.py::test_a[postgresql]"
    reach = Reach({here: 1.0, MIRRORED: 1.0}, {})
    assert reach.second_look([here, MIRRORED], [here, there, MIRRORED]) == [here, MIRRORED, there]


def test_a_living_function_gets_the_code_its_file_has_now(tmp_path: Path) -> None:
    file, space = tmp_path / "living.py", dict[str, object]()
    before = "def double(number):\n    return number + number\n"
    exec(compile(before, str(file), "exec"), space)  # noqa: S102 - as an import does
    file.write_text(before.replace("+", "-"), encoding="utf-8")
    assert give_code(file, before)
    assert space["double"](3) == 0  # type: ignore[operator]
    # A function with other names from around it cannot be changed in its place.
    assert not give_code(tmp_path / "living.py", "def single(number):\n    return number\n")


@pytest.mark.parametrize(("missed", "is_well"), [(1, True), (2, False)])
def test_it_fails_where_a_floor_has_less_than_its_goal(
    missed: int, is_well: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    mutant = mutants_of(ROOT, "portal/domain/people/reach.py")[0]
    hows = [*["caught"] * 18, "late", *["survived"] * missed]
    assert tell([{"mutant": asdict(mutant), "how": how, "tests": 4} for how in hows], [mutant]) is is_well
    said = capsys.readouterr().out
    assert f"domain: 19 of {19 + missed} caught" in said
    assert "1 explained" in said
    line, before, after = mutant.shown(source(mutant))
    assert f"portal/domain/people/reach.py:{line} (4 tests)\n    - {before}\n    + {after}" in said


@pytest.mark.parametrize("path", sorted({one.path for one in explained()}))
def test_an_explained_mutant_is_one_of_the_code_and_has_a_reason(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    possible = {mutant.shown(text)[1:] for mutant in mutants_of(ROOT, path)}
    mine = [one for one in explained() if one.path == path]
    assert [one for one in mine if (one.line, one.becomes) not in possible] == []
    assert [one for one in mine if len(one.why.split()) < 4] == []
    assert len(set(mine)) == len(mine)


def test_an_explained_mutant_that_the_code_has_not_is_seen() -> None:
    text = (ROOT / "portal/domain/people/reach.py").read_text(encoding="utf-8")
    possible = {mutant.shown(text)[1:] for mutant in mutants_of(ROOT, "portal/domain/people/reach.py")}
    gone = Explained("portal/domain/people/reach.py", "return 1 + 1", "return 1 - 1", "it was never there")
    assert (gone.line, gone.becomes) not in possible
