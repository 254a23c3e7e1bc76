"""SKR's national list from its file."""

from pathlib import Path
from typing import Any

import pytest

from portal.domain.catalogue.whole import Catalogue
from portal.domain.findings import Finding
from portal.domain.knowledge import Knowledge
from portal.domain.officials.skr import SkrList
from portal.store.officials.skr import read_skr
from portal.store.reading import Findings
from tests.store.made_up import GONE, KURS_FILE, assert_refused, changed, write, write_kommun

LIST: dict[str, Any] = {
    "source": {"document": "lista.txt", "publisher": "SKR", "year": 2021, "note": "Läst för hand."},
    "notes": ["En metod räknas inte."],
    "areas": {
        "barn": {
            "name": "Barn och unga",
            "note": "Svara tillsammans.",
            "sections": {
                "oppna": {
                    "name": "Öppna insatser",
                    "groups": {
                        "foraldrar": {
                            "name": "Föräldrar",
                            "rows": {
                                "abc": {"name": "ABC", "line": 10},
                                "cope": {"name": "COPE", "line": 14, "summary": "En kurs.", "source": "SBU (2017)"},
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
    assert [(row.id, row.name, row.line, row.summary, row.source) for row in found.rows.values()] == [
        ("abc", "ABC", 10, None, None),
        ("cope", "COPE", 14, "En kurs.", "SBU (2017)"),
    ]
    assert (found.document, found.year, found.notes) == ("lista.txt", 2021, ("En metod räknas inte.",))
    assert [(area.name, area.note) for area in found.areas] == [("Barn och unga", "Svara tillsammans.")]
    area, section, group = found.groups["foraldrar"]
    assert (area.id, section.id, group.name) == ("barn", "oppna", "Föräldrar")


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
    "a group that stands twice": (
        {"areas.vuxna": {"name": "Vuxna", "sections": LIST["areas"]["barn"]["sections"]}},
        "skr.yaml: foraldrar: this group stands twice",
    ),
    "a note that is no text": ({"areas.barn.note": 1}, "skr.yaml: areas.barn.note: must be a text"),
    "notes that are no texts": ({"notes": [1]}, "skr.yaml: notes: "),
}


@pytest.mark.parametrize(("changes", "says"), BROKEN.values(), ids=BROKEN)
def test_a_broken_list_is_a_finding(tmp_path: Path, changes: dict[str, object], says: str) -> None:
    _, findings = read(tmp_path, changes)
    lines = [finding.line for finding in findings]
    assert [line for line in lines if line.startswith(says)], lines


def test_the_real_list_says_of_each_area_what_belongs_there_and_whom_skr_names(knowledge: Knowledge) -> None:
    assert (len(knowledge.skr.areas), len(knowledge.skr.groups), len(knowledge.skr.rows)) == (6, 38, 409)
    assert all(area.note and "Svara tillsammans" in area.note for area in knowledge.skr.areas)
    assert len(knowledge.skr.notes) == 2
    assert sum(row.source is not None for row in knowledge.skr.rows.values()) == 357


# What the findings of the reading and the tables of docs/reading/ decided: SKR has no row that says these.
NO_LINK = {
    "alingsas": ("familjeradgivning", "budget-och-skuldradgivning", "efterstod-boende"),
    "lekeberg": ("budget-och-skuldradgivning",),
    "linkoping": (
        "familjeradgivning",
        "brottsofferstod",
        "familjeklass",
        "musikterapi",
        "samordning",
        "stod-kring-stodboende",
        "stodsamtal-grupp",
        "ungdomshalsan",
    ),
    "mellerud": ("oppna-temagrupper",),
}


@pytest.mark.parametrize(("kommun", "insats"), [(kommun, one) for kommun, all_ in NO_LINK.items() for one in all_])
def test_an_insats_that_no_row_says_is_linked_to_none(catalogue: Catalogue, kommun: str, insats: str) -> None:
    assert catalogue.kommuner[kommun].insatser[insats].skr == ()


def test_couples_counselling_and_debt_advice_are_rows_of_nobody(catalogue: Catalogue) -> None:
    # [450] is for relatives of old people; [6472] is about violence, and sends people on to the advice about debts.
    linked = {row for kommun in catalogue.kommuner.values() for one in kommun.insatser.values() for row in one.skr}
    assert linked & {"generell-familjeradgivning", "hushallsekonomisk-radgivning"} == set()


def test_an_insats_that_names_an_unknown_row_is_refused(tmp_path: Path) -> None:
    write_kommun(tmp_path, kurs={"skr": ["no-such-row"]})
    assert_refused(tmp_path, f"{KURS_FILE}: skr", "has no 'no-such-row'")
