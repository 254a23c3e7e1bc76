"""SKR's national list from its file."""

from pathlib import Path
from typing import Any

import pytest

from portal.domain.findings import Finding
from portal.domain.officials.skr import SkrList
from portal.store.officials.skr import read_skr
from portal.store.reading import Findings
from tests.store.made_up import GONE, KURS_FILE, assert_refused, changed, write, write_kommun

LIST: dict[str, Any] = {
    "source": {"document": "lista.txt", "publisher": "SKR", "year": 2021, "note": "Läst för hand."},
    "areas": {
        "barn": {
            "name": "Barn och unga",
            "sections": {
                "oppna": {
                    "name": "Öppna insatser",
                    "groups": {
                        "foraldrar": {
                            "name": "Föräldrar",
                            "rows": {
                                "abc": {"name": "ABC", "line": 10},
                                "cope": {"name": "COPE", "line": 14, "summary": "En kurs."},
                            },
                        }
                    },
                }
            },
        }
    },
}
GROUP = "areas.barn.sections.oppna.groups.foraldrar"


def read(folder: Path, changes: dict[str, object]) -> tuple[SkrList, list[Finding]]:
    """Return what is read of the list with some changes, and what is wrong with it."""
    write(folder / "skr.yaml", changed(LIST, changes))
    findings = Findings()
    return read_skr(folder, findings), findings.found


def test_rows_are_found_by_id_in_the_order_of_the_source(tmp_path: Path) -> None:
    found, findings = read(tmp_path, {})
    assert findings == []
    assert [(row.id, row.name, row.line, row.summary) for row in found.rows.values()] == [
        ("abc", "ABC", 10, None),
        ("cope", "COPE", 14, "En kurs."),
    ]
    assert (found.document, found.year) == ("lista.txt", 2021)
    assert [area.name for area in found.areas] == ["Barn och unga"]


BROKEN: dict[str, tuple[dict[str, object], str]] = {
    "no source": ({"source": GONE}, "skr.yaml: source: is missing"),
    "a source without a year": ({"source.year": GONE}, "skr.yaml: source.year: is missing"),
    "a year in words": ({"source.year": "i fjol"}, "skr.yaml: source.year: must be a whole number"),
    "a row without a name": ({f"{GROUP}.rows.abc.name": GONE}, f"skr.yaml: {GROUP}.rows.abc.name: is missing"),
    "a row without its line": ({f"{GROUP}.rows.abc.line": GONE}, f"skr.yaml: {GROUP}.rows.abc.line: is missing"),
    "an unknown key": ({f"{GROUP}.rows.abc.price": 1}, f"skr.yaml: {GROUP}.rows.abc.price: is not a key"),
    "a row that stands twice": (
        {"areas.vuxna": {"name": "Vuxna", "sections": LIST["areas"]["barn"]["sections"]}},
        "skr.yaml: abc: this row stands twice",
    ),
}


@pytest.mark.parametrize(("changes", "says"), BROKEN.values(), ids=BROKEN)
def test_a_broken_list_is_a_finding(tmp_path: Path, changes: dict[str, object], says: str) -> None:
    _, findings = read(tmp_path, changes)
    lines = [finding.line for finding in findings]
    assert [line for line in lines if line.startswith(says)], lines


def test_an_insats_that_names_an_unknown_row_is_refused(tmp_path: Path) -> None:
    write_kommun(tmp_path, kurs={"skr": ["no-such-row"]})
    assert_refused(tmp_path, f"{KURS_FILE}: skr", "has no 'no-such-row'")
