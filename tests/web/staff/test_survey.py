"""An officer answers SKR's survey in the staff room; the pages for everybody and the file have her answers."""

import csv
import io
from dataclasses import replace
from xml.etree.ElementTree import Element

import pytest

from portal.domain.knowledge import Knowledge
from portal.domain.officials.sheet import HEADINGS
from portal.domain.officials.survey import LONGEST, survey
from portal.domain.staff.roles import Role
from portal.store.audit import list_events
from portal.store.officials.answers import read_answers, save_answer
from tests.made_up_staff import Member, Room
from tests.pages import Page, Visitor
from tests.web.each_language import LANGUAGES

PART = "/survey/aldre-hemma"
DEMENTIA, SHOPPING = "hemtjanst-demens", "digitalt-stod-for-matinkop"


@pytest.fixture
def officer(room: Room) -> Member:
    """Return an editor of Linköping, whose source lists only what needs no assessment."""
    return room.sign_in(Role.EDITOR, kommun="linkoping")


@pytest.fixture
def resident(room: Room) -> Visitor:
    """Return a resident of the same portal."""
    return Visitor(room.app.test_client())


def words(element: Element) -> str:
    """Return all that an element says."""
    return " ".join("".join(element.itertext()).split())


def fields_of(page: Page) -> dict[str, str]:
    """Return every field of the form as it stands."""
    form = next(one for one in page.all("form") if one.get("class") == "sheet")
    found = {
        one.get("name") or "": one.get("value") or "" for one in form.iter("input") if one.get("type") != "checkbox"
    }
    for select in form.iter("select"):
        chosen = [option.get("value") or "" for option in select if option.get("selected") is not None]
        found[select.get("name") or ""] = (chosen or [""])[0]
    return found


def links(page: Page) -> list[str]:
    """Return where a page leads."""
    return [link.get("href") or "" for link in page.all("a")]


def answer(officer: Member, row: str = DEMENTIA, part: str = PART, **said: str) -> Page:
    """Answer one row of a part, with all its other fields as they stand."""
    form = fields_of(officer.get(part))
    return officer.post(part, {**form, **{f"{name}-{row}": value for name, value in said.items()}})


def test_what_she_answers_is_on_the_page_for_everybody_at_once(room: Room, officer: Member, resident: Visitor) -> None:
    assert "Kommunens svar" not in resident.get("/sv/linkoping/officials/skr").text
    answered = answer(officer, answer="assessed", explanation="I hela kommunen.", note="Fråga Eva.")
    assert answered.status == 303
    assert "Sparat. Det syns på sidorna nu." in officer.follow(answered).text
    page = resident.get("/sv/linkoping/officials/skr")
    (row,) = [one for one in page.all("tr") if "Kommunens svar" in words(one)]
    assert words(row).endswith("hemtjänstteamAnsökI hela kommunen.Kommunens svar den 24 november 2026.")
    assert "Fråga Eva" not in page.text
    assert "Kommunens svar" not in resident.get("/sv/lekeberg/officials/skr").text
    (event,) = [event for event in list_events(room.storage, "linkoping") if event.did == "answer_survey"]
    assert (event.by, event.subject) == (officer.staff_id, f"survey:{DEMENTIA}")
    form = fields_of(officer.get(PART))
    assert form[f"answer-{DEMENTIA}"] == "assessed"
    assert form[f"note-{DEMENTIA}"] == "Fråga Eva."


def test_how_far_she_has_come_is_said_and_what_is_left_can_be_chosen(officer: Member) -> None:
    page = officer.get("/survey")
    assert "49 av 409 rader har ett svar. 49 rader behöver kontrolleras." in words(page.one("p", class_="lead"))
    (bar,) = page.all("progress")
    assert (bar.get("max"), bar.get("value")) == ("409", "49")
    answer(officer, answer="none")
    assert "50 av 409 rader har ett svar." in words(officer.get("/survey").one("p", class_="lead"))
    left = officer.get(f"{PART}?show=unanswered")
    assert f"answer-{DEMENTIA}" not in fields_of(left)
    assert f"answer-{SHOPPING}" in fields_of(left)
    doubtful = officer.get("/survey?show=doubtful")
    assert "/staff/survey/aldre-hemma?show=doubtful" not in links(doubtful)
    assert "/staff/survey/barn-och-unga?show=doubtful" in links(doubtful)
    assert "Inget är kvar här." in officer.get(f"{PART}?show=doubtful").text


def test_a_long_part_is_answered_fifteen_rows_at_a_time(officer: Member) -> None:
    part = "/survey/barn-och-unga"
    page = officer.get(part)
    assert len(page.all("fieldset")) == 15
    assert f"/staff{part}?show=all&page=2" in links(page)
    form = {**fields_of(page), "answer-familjeklass": "none"}
    answered = officer.post(part, form)
    assert answered.response.location == "/staff/survey/barn-och-unga?show=all&page=2"
    assert f"/staff{part}?show=all&page=3" in links(officer.follow(answered))
    numbers = (5, 6, 7, -1, "x")
    assert [len(officer.get(f"{part}?page={one}").all("fieldset")) for one in numbers] == [15, 3, 3, 15, 15]


def test_what_rests_on_a_part_of_the_source_is_said(officer: Member) -> None:
    page = officer.get("/survey/barn-och-unga?show=doubtful")
    assert "Källan säger bara en del" in page.text
    assert "Föräldrakurs ABC 3–12 år" in page.text


def test_what_only_silence_says_is_to_be_checked(room: Room) -> None:
    page = room.sign_in(Role.ADMINISTRATOR).get("/survey/aldre-hemma?show=doubtful")
    assert "Katalogen nämner den inte" in page.text


def test_with_a_mistake_nothing_typed_is_lost(officer: Member) -> None:
    form = fields_of(officer.get(PART))
    form[f"explanation-{DEMENTIA}"] = "Vi har det."
    form[f"note-{SHOPPING}"] = "x" * (LONGEST + 1)
    form[f"answer-{SHOPPING}"] = "none"
    page = officer.post(PART, form)
    assert page.status == 422
    told = words(page.one("div", class_="problems"))
    assert "Välj ett svar." in told
    assert f"Skriv högst {LONGEST} tecken." in told
    sent = {name: value for name, value in form.items() if name != "csrf_token"}
    assert {name: value for name, value in fields_of(page).items() if name != "csrf_token"} == sent
    assert [link for link in links(page) if "#" in link][1:] == [f"#answer-{DEMENTIA}", f"#note-{SHOPPING}"]
    again = officer.post(PART, {**fields_of(page), f"answer-{DEMENTIA}": "direct", f"note-{SHOPPING}": ""})
    assert again.status == 303
    assert fields_of(officer.get(PART))[f"explanation-{DEMENTIA}"] == "Vi har det."


def test_what_a_colleague_answered_meanwhile_is_shown_beside_and_nothing_is_undone(room: Room, officer: Member) -> None:
    mine = fields_of(officer.get(PART))
    colleague = room.sign_in(Role.EDITOR, kommun="linkoping", email="ola@example.se")
    answer(colleague, answer="both", explanation="Från oss.")
    mine |= {f"answer-{DEMENTIA}": "none", f"answer-{SHOPPING}": "direct"}
    page = officer.post(PART, mine)
    assert page.status == 409
    assert "Någon annan har ändrat det här under tiden." in page.text
    said = [words(one) for one in page.all("span") if "now" in (one.get("class") or "")]
    assert said == ["Nu står det: Både direkt och ansök", "Nu står det: Från oss.", "Nu står det: –"]
    assert fields_of(page)[f"answer-{DEMENTIA}"] == "none"
    # She has seen both now: what she sends again stands.
    assert officer.post(PART, fields_of(page)).status == 303
    after = fields_of(officer.get(PART))
    assert (after[f"answer-{DEMENTIA}"], after[f"answer-{SHOPPING}"]) == ("none", "direct")


def test_a_colleague_s_answer_to_a_row_that_she_left_alone_stops_nobody(room: Room, officer: Member) -> None:
    mine = fields_of(officer.get(PART))
    answer(room.sign_in(Role.EDITOR, kommun="linkoping", email="ola@example.se"), answer="both")
    assert officer.post(PART, {**mine, f"answer-{SHOPPING}": "direct"}).status == 303
    after = fields_of(officer.get(PART))
    assert (after[f"answer-{DEMENTIA}"], after[f"answer-{SHOPPING}"]) == ("both", "direct")


def test_an_answer_stays_when_the_catalogue_changes_and_that_is_said(
    room: Room, officer: Member, resident: Visitor, knowledge: Knowledge
) -> None:
    answer(officer, answer="none", explanation="Inte i år.")
    # An older version of the catalogue had said something: what was saved then is what an answer rests on.
    with room.storage.database.transaction() as connection:
        stored = read_answers(connection, room.storage.vault, "linkoping")[DEMENTIA]
        before = replace(stored, basis="direct hemtjanst-demens")
        save_answer(connection, room.storage.vault, "linkoping", DEMENTIA, before)
    page = officer.get(f"{PART}?show=doubtful")
    assert "Ändrat sedan du svarade" in page.text
    assert "Katalogen säger nu: Vet inte" in words(resident.get("/sv/linkoping/officials/skr").one("main"))
    assert rows(officer)[DEMENTIA]["Att kontrollera"].startswith("Katalogen har ändrats sedan svaret.")
    confirmed = officer.post(PART, {**fields_of(page), f"confirm-{DEMENTIA}": "1"})
    assert confirmed.status == 303
    assert "Ändrat sedan du svarade" not in officer.get(PART).text
    assert rows(officer)[DEMENTIA]["Förklaring"] == "Inte i år."


def test_an_answer_is_taken_back(officer: Member) -> None:
    answer(officer, answer="none", explanation="Inte i år.", note="Fråga Eva.")
    assert "Ta tillbaka svaret den 24 november 2026" in officer.get(PART).text
    assert answer(officer, back="1").status == 303
    form = fields_of(officer.get(PART))
    assert [form[f"{name}-{DEMENTIA}"] for name in ("answer", "explanation", "note")] == ["", "", ""]


def rows(member: Member) -> dict[str, dict[str, str]]:
    """Return the rows of the file by id."""
    answer = member.client.get("/staff/survey.csv")
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="skr-enkat-linkoping-2026-11-24.csv"')
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return {row["Id"]: row for row in csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";")}


def test_the_file_has_every_row_with_answer_explanation_source_and_way_in(
    officer: Member, knowledge: Knowledge
) -> None:
    answer(officer, answer="assessed", explanation='=HYPERLINK("https://example.org";"klicka")', note="Fråga Eva.")
    found = rows(officer)
    kommun = knowledge.catalogue.kommuner["linkoping"]
    assert list(found) == list(survey(kommun, knowledge.skr))
    assert all(tuple(row) == HEADINGS for row in found.values())
    mine = found[DEMENTIA]
    assert (mine["Svar"], mine["Svaret kommer från"]) == ("Ansök", "kommunen 2026-11-24")
    assert mine["Förklaring"] == '\'=HYPERLINK("https://example.org";"klicka")'
    assert "Fråga Eva" not in " ".join(cell for row in found.values() for cell in row.values())
    course = found["foraldraskap-i-sverige"]
    assert course["Svar"] == "Direkt"
    assert course["Källa"].startswith("004_8c401cddf3484d0c.txt, ")
    assert course["Väg in"]
    assert found[SHOPPING]["Svar"] == "Vet inte"


@pytest.mark.parametrize("path", ["/survey/nowhere", "/survey/%00"])
def test_a_part_that_is_none_is_not_found(officer: Member, path: str) -> None:
    assert officer.get(path).status == 404
    assert officer.post(path, {}).status == 404


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"answer-nowhere": "none"},
        {f"answer-{DEMENTIA}": "", f"seen-{DEMENTIA}": ""},
        {f"answer-{DEMENTIA}": "perhaps"},
        {f"answer-{DEMENTIA}": "none", "show": "x", "page": "x"},
        {f"answer-{DEMENTIA}": "none", f"explanation-{DEMENTIA}": "\x00\ufffe"},
    ],
)
def test_a_form_that_nobody_made_breaks_nothing(officer: Member, form: dict[str, str]) -> None:
    officer.get(PART)
    assert officer.post(PART, form).status in (303, 422)


def test_the_most_that_a_page_can_hold_can_be_sent(officer: Member) -> None:
    part = "/survey/barn-och-unga"
    form = fields_of(officer.get(part))
    full = {
        name: "å" * LONGEST if name.startswith(("explanation-", "note-")) else value for name, value in form.items()
    }
    full = {name: "none" if name.startswith("answer-") else value for name, value in full.items()}
    assert officer.post(part, full).status == 303


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pages_are_whole_in_every_language(officer: Member, lang: str) -> None:
    officer.get("/account")
    officer.post("/account/language", {"lang": lang})
    for path in ("/survey", PART, "/survey/barn-och-unga?show=doubtful"):
        page = officer.get(path)
        assert page.status == 200
        assert page.tree is not None
        assert page.tree.get("lang") == lang
