"""Whole ways through the portal, as residents go them: from the first page to somebody to call."""

from collections.abc import Mapping
from urllib.parse import parse_qs, urlencode, urlsplit
from xml.etree.ElementTree import Element

import pytest
from werkzeug.datastructures import MultiDict

from portal.domain.catalogue.whole import Catalogue
from portal.domain.self_check.asking import MOST_QUESTIONS
from tests.pages import Page, Visitor

CHECK = "/sv/lekeberg/self-check"
ABC, COPE = "Föräldrakurs ABC 3–12 år", "Föräldrakurs COPE 3–12 år"
YOUNG, PHONE_SUPPORT = "Råd och stöd för barn och unga", "Stödtelefon"
ABOUT_VIOLENCE = "Råd och stöd vid våld i nära relation"
NUMBER = "0585\u2011487 00"

Known = Mapping[str, tuple[str, ...]]

MOTHER: Known = {
    "topics": ("parenting",),
    "children": ("8",),
    "residence": ("registered",),
    "age": ("35",),
    "for": ("me",),
    "born_abroad": ("no",),
    "parenting": ("everyday",),
}


def asked(page: Page) -> str | None:
    """Return the question on the page, or None on the result."""
    return dict(page.hidden()).get("q")


def kept(page: Page) -> list[tuple[str, str]]:
    """Return the answers that the page carries along."""
    return [(name, value) for name, value in page.hidden() if name != "q"]


def press(visitor: Visitor, page: Page, *more: tuple[str, str], at: str = CHECK) -> Page:
    """Send the form of a page with what was filled in, and the button that was pressed."""
    return visitor.post(at, data=MultiDict([*page.hidden(), *more]))


def reply(visitor: Visitor, page: Page, known: Known, at: str = CHECK) -> Page:
    """Answer the question on the page with what is known, or skip it."""
    question = asked(page)
    assert question is not None
    answer = [(question, value) for value in known[question]] if question in known else [("skip", "1")]
    page = press(visitor, page, *answer, at=at)
    # Who is in danger is told whom to call at once, and goes on when she wants.
    return press(visitor, page, ("go_on", "1"), at=at) if page.all("button", name="go_on") else page


def go_on(visitor: Visitor, page: Page, known: Known, at: str = CHECK) -> tuple[Page, list[str]]:
    """Answer every question from a page on; return the result and which questions were asked."""
    questions: list[str] = []
    while (question := asked(page)) is not None:
        assert len(questions) < MOST_QUESTIONS, questions
        questions.append(question)
        page = reply(visitor, page, known, at)
    return page, questions


def go_through(visitor: Visitor, known: Known, at: str = CHECK) -> tuple[Page, list[str]]:
    """Answer every question from the first one on; return the result and which questions were asked."""
    return go_on(visitor, visitor.get(at), known, at)


def at_question(visitor: Visitor, wanted: str, known: Known) -> Page:
    """Return the page of a question, with all that is known before it answered."""
    page = visitor.get(CHECK)
    for _ in range(MOST_QUESTIONS):
        if asked(page) == wanted:
            return page
        page = reply(visitor, page, known)
    raise AssertionError(f"{wanted} is never asked")


def result(visitor: Visitor, known: Known) -> Page:
    """Return the result that those answers lead to."""
    return go_through(visitor, known)[0]


def said(element: Element) -> str:
    """Return what an element says, white space folded."""
    return " ".join("".join(element.itertext()).split())


def cards(page: Page, part: str) -> dict[str, str]:
    """Return the insatser of one part of the result by name, each with what is said of it; what stands first too."""
    found: dict[str, str] = {}
    for first in page.all("section", class_="first"):
        is_sure = "Du kan kontakta dem direkt." in said(first)
        is_applied_for = any("/apply/" in link.get("href", "") for link in first.iter("a"))
        if not is_applied_for and is_sure == (part == "direct"):
            found[said(first.findall("h2")[0])] = said(first)
            found |= {said(name): said(line) for line in first.iter("details") for name in line.iter("h3")}
    for section in page.all("section", aria_labelledby=f"{part}-title"):
        found |= {said(name): said(line) for line in section.iter("details") for name in line.iter("h3")}
    return found


def insatser(page: Page) -> set[str]:
    """Return the ids of every insats that a result leads to."""
    return {
        (link.get("href") or "").rpartition("/")[2] for link in page.all("a") if "/insatser/" in link.get("href", "")
    }


# ------------------------------------------------------------------------------------------ finding support


def test_a_mother_of_a_child_of_8_finds_both_courses_with_reasons_and_contact(visitor: Visitor) -> None:
    start = visitor.get("/sv/lekeberg/")
    assert CHECK in [link.get("href") for link in start.all("a", class_="button")]
    page = result(visitor, MOTHER)
    found = cards(page, "direct")
    assert "Du har barn mellan 3 och 12 år." in found[ABC]
    assert "Passar av samma skäl som ovan." in found[COPE]
    contact = said(page.one("section", class_="first"))
    assert NUMBER in contact
    assert "Öppet nu till 11:45" in contact
    assert "Hej! Kan du koppla mig till öppenvården?" in contact


def test_what_a_mother_finds_can_be_opened(visitor: Visitor) -> None:
    page = result(visitor, MOTHER)
    for insats in insatser(page):
        contact = visitor.get(f"/sv/lekeberg/insatser/{insats}").one("section", class_="contact")
        assert NUMBER in said(contact)


def test_what_did_not_fit_says_why(visitor: Visitor) -> None:
    assert "Föräldrakurs ABC Tonår För den som har barn mellan 13 och 18 år." in result(visitor, MOTHER).text


def test_a_boy_of_15_alone_finds_support_without_his_guardians(visitor: Visitor) -> None:
    page, questions = go_through(
        visitor, {"topics": ("wellbeing",), "age": ("15",), "for": ("me",), "wellbeing": ("mild",)}
    )
    assert {YOUNG, PHONE_SUPPORT} <= cards(page, "direct").keys()
    assert "guardian_consent" not in questions


BOY_OF_14: Known = {"topics": ("wellbeing",), "age": ("14",), "for": ("me",), "wellbeing": ("mild",)}


def test_a_boy_of_14_is_told_that_his_guardians_must_say_yes(visitor: Visitor) -> None:
    page, questions = go_through(visitor, BOY_OF_14)
    assert "guardian_consent" in questions
    assert YOUNG not in cards(page, "direct")
    assert "Är du yngre än 15 år behöver dina vårdnadshavare säga ja." in cards(page, "maybe")[YOUNG]


def test_a_boy_of_14_whose_guardians_say_yes_finds_support(visitor: Visitor) -> None:
    page = result(visitor, {**BOY_OF_14, "guardian_consent": ("yes",)})
    assert "Dina vårdnadshavare säger ja." in cards(page, "direct")[YOUNG]


def test_a_boy_of_14_whose_guardians_say_no_still_sees_whom_to_call(visitor: Visitor) -> None:
    page = result(visitor, {**BOY_OF_14, "guardian_consent": ("no",)})
    assert cards(page, "direct") == {}
    assert NUMBER in said(page.one("div", class_="nearest"))


# ------------------------------------------------------------------------------------------ an acute need


HIT: Known = {
    "topics": ("violence",),
    "violence": ("victim", "needs_shelter"),
    "residence": ("elsewhere",),
    "age": ("30",),
    "for": ("me",),
    "children": ("none",),
}


def test_somebody_hit_in_another_kommun_still_finds_help(visitor: Visitor) -> None:
    page = result(visitor, HIT)
    assert ABOUT_VIOLENCE in cards(page, "direct")
    assert "skyddat-boende" in insatser(page)


def test_somebody_hit_sees_the_lines_to_call_before_anything_else(visitor: Visitor) -> None:
    page = result(visitor, HIT)
    main = page.one("main").findall("*")
    assert "112" in said(main[0])
    assert "116 016" in said(main[0])
    assert main[0].tag != "h1"


def test_somebody_hit_sees_the_lines_from_the_second_question_on(visitor: Visitor) -> None:
    page = press(visitor, visitor.get(CHECK), ("topics", "violence"))
    assert asked(page) is not None
    assert "116 016" in said(page.one("main").findall("*")[0])


# ------------------------------------------------------------------------------------------ knowing nothing


def test_somebody_who_skips_everything_still_sees_whom_to_call_and_the_right_to_apply(
    visitor: Visitor, catalogue: Catalogue
) -> None:
    for kommun in catalogue.kommuner.values():
        page, questions = go_through(visitor, {}, f"/sv/{kommun.id}/self-check")
        assert questions[0] == "topics"
        phone = kommun.contacts[kommun.contact_centre].phone or ""
        assert phone.replace("-", "\u2011") in said(page.one("main")), kommun.id
        assert f"/sv/{kommun.id}/apply" in [link.get("href") for link in page.one("main").iter("a")]


def test_somebody_with_everything_on_her_mind_answers_no_more_than_eight_questions(
    visitor: Visitor, catalogue: Catalogue
) -> None:
    everything = {"topics": tuple(catalogue.topics)}
    for kommun in catalogue.kommuner:
        page, questions = go_through(visitor, everything, f"/sv/{kommun}/self-check")
        assert len(questions) <= MOST_QUESTIONS == 8
        assert cards(page, "maybe")


# ------------------------------------------------------------------------------------------ going back


def test_back_leads_to_every_answer_in_turn(visitor: Visitor) -> None:
    page, questions = go_through(visitor, MOTHER)
    for question in reversed(questions):
        page = press(visitor, page, *given(page), ("back", "1"))
        assert asked(page) == question
        assert [value for _, value in given(page)] == list(MOTHER[question])


def given(page: Page) -> list[tuple[str, str]]:
    """Return what is chosen or written in the fields of the page that can be seen."""
    fields = [field for field in page.one("form", id="check").iter("input") if field.get("type") != "hidden"]
    return [
        (field.get("name", ""), field.get("value", ""))
        for field in fields
        if field.get("name") != "about" and (field.get("type") == "text" or field.get("checked") is not None)
    ]


def test_a_changed_answer_changes_the_result(visitor: Visitor) -> None:
    before = result(visitor, MOTHER)
    page = press(visitor, before, ("change", "children"))
    assert (asked(page), given(page)) == ("children", [("children", "8")])
    after, _ = go_on(visitor, press(visitor, page, ("children", "15")), MOTHER)
    assert ABC not in cards(after, "direct")
    assert "Föräldrakurs ABC Tonår" in cards(after, "direct")


def test_a_change_that_is_regretted_leaves_every_answer(visitor: Visitor) -> None:
    before = result(visitor, MOTHER)
    page = press(visitor, before, ("change", "topics"))
    page = press(visitor, page, *given(page), ("back", "1"))
    assert ("topics", "parenting") in [*kept(page), *given(page)]


# ------------------------------------------------------------------------------------------ another language


@pytest.mark.parametrize("language", ["en", "ar"])
def test_another_language_keeps_the_question_and_every_answer(visitor: Visitor, language: str) -> None:
    page = reply(visitor, reply(visitor, visitor.get(CHECK), MOTHER), MOTHER)
    other = press(visitor, page, ("stay", "1"), at=f"/{language}/lekeberg/self-check")
    assert other.one("html").get("lang") == language
    assert (asked(other), kept(other)) == (asked(page), kept(page))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_another_language_keeps_what_was_typed(visitor: Visitor, language: str) -> None:
    page = at_question(visitor, "children", MOTHER)
    other = press(visitor, page, ("children", "åtta"), ("stay", "1"), at=f"/{language}/lekeberg/self-check")
    assert (asked(other), given(other)) == ("children", [("children", "åtta")])


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_result_is_the_same_in_another_language(visitor: Visitor, language: str) -> None:
    page = result(visitor, MOTHER)
    other = press(visitor, page, ("stay", "1"), at=f"/{language}/lekeberg/self-check")
    assert insatser(other) == insatser(page)
    assert other.heading() != page.heading()


# ------------------------------------------------------------------------------------------ a list of one's own


def test_a_list_to_share_holds_insatser_and_no_answer(visitor: Visitor) -> None:
    page = result(visitor, MOTHER)
    form = page.one("form", id="share")
    fields = [*page.all("input", form="share"), *form.iter("input")]
    assert (form.get("method"), {field.get("name") for field in fields}) == ("get", {"i"})
    taken = [field.get("value", "") for field in fields[:2]]
    address = f"{form.get('action')}?{urlencode({'i': taken}, doseq=True)}"
    assert parse_qs(urlsplit(address).query) == {"i": taken}
    mine = visitor.get(address)
    assert insatser(mine) == set(taken)
    assert NUMBER in mine.text


# ------------------------------------------------------------------------------------------ mistakes


def test_a_mistake_keeps_every_other_answer(visitor: Visitor) -> None:
    page = at_question(visitor, "children", MOTHER)
    before = kept(page)
    wrong = press(visitor, page, ("children", "åttio"))
    assert wrong.status == 422
    assert (asked(wrong), kept(wrong), given(wrong)) == ("children", before, [("children", "åttio")])
    right = press(visitor, wrong, ("children", "8"))
    assert right.status == 200
    assert kept(right) == [*before, ("children", "8")]


def test_a_mistake_anywhere_leads_to_its_question_with_all_the_rest_kept(visitor: Visitor) -> None:
    page = visitor.post(CHECK, data=MultiDict({"topics": "parenting", "age": "200", "children": "8"}))
    assert page.status == 422
    assert (asked(page), given(page)) == ("age", [("age", "200")])
    assert kept(page) == [("topics", "parenting"), ("children", "8")]


def test_a_question_sent_unanswered_is_asked_again(visitor: Visitor) -> None:
    page = press(visitor, visitor.get(CHECK))
    assert page.status == 422
    assert asked(page) == "topics"
    assert "Välj ett svar, eller tryck på Hoppa över." in said(page.one("div", id="problems"))
