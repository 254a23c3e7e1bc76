"""The file of SKR's survey: every row with answer, explanation, source and way in, and no formula in any cell."""

from dataclasses import replace
from datetime import date

import pytest

from portal.domain.catalogue.insatser import WAYS_IN, Decision, Insats, WayIn
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.officials.sheet import HEADINGS, guarded, sheet
from portal.domain.officials.skr import SkrArea, SkrGroup, SkrList, SkrRow, SkrSection
from portal.domain.officials.survey import ASSESSED, BOTH, DIRECT, NONE, NOT_KNOWN, Answer, survey
from tests.domain.build import insats, kommun

ROW = SkrRow("abc", "ABC", 10)
GROUP = SkrGroup("parents", "Föräldrar", (ROW,))
LIST = SkrList((SkrArea("family", "Familj", (SkrSection("open", "Öppet", (GROUP,)),), "Svara tillsammans."),))
DAY = date(2026, 11, 24)


def linked(route: str = DIRECT, **changes: object) -> Insats:
    """Return an insats that realises the row."""
    return replace(insats("kurs", route=route), skr=("abc",), **changes)  # type: ignore[arg-type]


def cells(place: Kommun, answer: Answer | None = None) -> dict[str, str]:
    """Return the one row of the file."""
    (row,) = sheet(place, LIST, survey(place, LIST, {} if answer is None else {"abc": answer}))
    return dict(zip(HEADINGS, row.cells, strict=True))


def offering(*offered: Insats, lists: tuple[str, ...] = (DIRECT,)) -> Kommun:
    """Return a kommun whose source lists some routes."""
    return replace(kommun(*offered), lists=frozenset(lists))


UNSAID = "Källan har bara insatser utan behovsprövning. Om behovsprövade säger den inget."


def test_a_row_has_all_that_the_catalogue_knows() -> None:
    decided = Decision("katalog", "Socialnämnden", "SN 12-3", DAY)
    assert cells(offering(linked(decision=decided, way_in=WayIn("drop_in")))) == {
        "Verksamhetsområde": "Familj",
        "Avsnitt": "Öppet",
        "För vem": "Föräldrar",
        "Insats": "ABC",
        "Svar": "Direkt",
        "Förklaring": f"kurs: Det är stöd. {UNSAID}",
        "Källa": "katalog.txt, kurs (Socialnämnden, SN 12-3, 2026-11-24)",
        "Väg in": "Man tar kontakt själv. Man kan komma utan att boka tid. Öppenvården.",
        "Svaret kommer från": "katalogen",
        "Att kontrollera": "Källan säger bara en del.",
        "Vad som hör till området": "Svara tillsammans.",
        "Rad i SKR:s lista": "10",
        "Id": "abc",
    }


@pytest.mark.parametrize(
    ("lists", "explanation", "source"),
    [
        ((DIRECT,), UNSAID, ""),
        ((ASSESSED,), "Källan har bara behovsprövade insatser. Om andra säger den inget.", ""),
        ((), "Källan säger inte om den har alla insatser.", ""),
        ((DIRECT, ASSESSED), "Står inte i kommunens katalog.", "katalog.txt"),
    ],
)
def test_a_row_that_the_catalogue_has_not_says_what_that_rests_on(
    lists: tuple[str, ...], explanation: str, source: str
) -> None:
    found = cells(offering(insats("annat"), lists=lists))
    assert (found["Förklaring"], found["Källa"], found["Väg in"]) == (explanation, source, "")
    is_whole = len(lists) == 2
    assert found["Svar"] == ("Inget" if is_whole else "Vet inte")
    assert found["Svaret kommer från"] == ("katalogen" if is_whole else "")
    assert found["Att kontrollera"] == ("Katalogen nämner den inte." if is_whole else "")


def test_a_row_that_is_not_known_has_what_the_law_says() -> None:
    found = cells(offering(linked(ASSESSED, by_law="11 kap. 1 §")))
    assert found["Svar"] == "Vet inte"
    assert found["Förklaring"] == f"{UNSAID} Lagen säger att man kan ansöka om det: kurs (11 kap. 1 §)."
    assert (found["Källa"], found["Väg in"]) == ("", "")


@pytest.mark.parametrize(
    ("changes", "way_in"),
    [
        ({"route": ASSESSED}, "Man ansöker. Öppenvården."),
        ({"route": ASSESSED, "access": "invited"}, "Kommunen eller en annan myndighet bjuder in. Öppenvården."),
        ({"access": "referral"}, "Man behöver en remiss. Öppenvården."),
        ({}, "Man tar kontakt själv. Öppenvården."),
    ],
)
def test_the_way_in_tells_a_referral_from_a_door_that_is_open(changes: dict[str, str], way_in: str) -> None:
    assert cells(offering(linked(**changes)))["Väg in"] == way_in  # type: ignore[arg-type]


@pytest.mark.parametrize("by", WAYS_IN)
def test_every_way_in_has_words(by: str) -> None:
    assert cells(offering(linked(way_in=WayIn(by))))["Väg in"].count(".") == 3


def test_an_officer_s_answer_has_her_words_and_its_day() -> None:
    answer = Answer(BOTH, "Också efter ansökan.", "Fråga Eva.", "direct kurs", DAY)
    found = cells(offering(linked()), answer)
    assert (found["Svar"], found["Förklaring"]) == ("Både direkt och ansök", "Också efter ansökan.")
    assert (found["Källa"], found["Svaret kommer från"]) == ("Kommunens svar 2026-11-24", "kommunen 2026-11-24")
    assert found["Att kontrollera"] == ""
    assert "Eva" not in " ".join(found.values())


def test_an_answer_like_the_catalogue_s_keeps_its_explanation_and_source() -> None:
    found = cells(offering(linked()), Answer(DIRECT, "", "", "direct kurs", DAY))
    assert found["Förklaring"] == "kurs: Det är stöd."
    assert found["Källa"] == "Kommunens svar 2026-11-24 | katalog.txt, kurs (Socialnämnden)"


def test_an_answer_of_another_kind_does_not_borrow_the_catalogue_s_words() -> None:
    found = cells(offering(linked()), Answer(NONE, "", "", "direct kurs", DAY))
    assert (found["Svar"], found["Förklaring"], found["Källa"]) == ("Inget", "", "Kommunens svar 2026-11-24")


def test_that_the_catalogue_has_changed_since_is_said() -> None:
    found = cells(offering(linked()), Answer(NOT_KNOWN, "", "", "not_known", DAY))
    assert found["Att kontrollera"] == "Katalogen har ändrats sedan svaret. Nu säger den: Direkt."
    assert found["Svaret kommer från"] == "kommunen 2026-11-24"


@pytest.mark.parametrize(
    "cell", ["=1+1", "+46 70", "-2", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "－1", "＋1", "＠a"]
)
def test_no_cell_is_a_formula(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"
    answer = Answer(NONE, cell, "", "direct kurs", DAY)
    assert cells(offering(linked()), answer)["Förklaring"] == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "ABC", "1 = 1", "a-b", "–", "'=1"])
def test_other_cells_are_as_they_are(cell: str) -> None:
    assert guarded(cell) == cell
