"""The self-check: one question a page, answers only in the body, and nothing a form can hold breaks it."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from portal.domain.catalogue.answers import Answer
from portal.domain.catalogue.whole import Catalogue
from portal.domain.self_check.matching import match
from portal.web.self_check.routes import BUTTONS
from portal.web.shown.qr import MOST_CHARACTERS, qr_code
from tests.pages import Page, Visitor
from tests.web.each_language import LANGUAGES

CHECK = "/sv/lekeberg/self-check"
RESULT = "Stöd som kan passa dig"
FORM = {"content_type": "application/x-www-form-urlencoded"}


def kept(page: Page) -> list[tuple[str, str]]:
    """Return the answers that a page carries on, without the name of the question that it asks."""
    return [pair for pair in page.hidden() if pair[0] != "q"]


def asked(page: Page) -> str:
    """Return the question that a page asks."""
    return dict(page.hidden())["q"]


def problems(page: Page) -> list[str]:
    """Return what a page says is wrong."""
    return [" ".join("".join(item.itertext()).split()) for item in page.one("div", class_="problems").iter("li")]


# ------------------------------------------------------------------------------------------------- the path


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_begins_with_what_it_is_about(visitor: Visitor, catalogue: Catalogue, lang: str) -> None:
    page = visitor.get(f"/{lang}/lekeberg/self-check")
    assert (asked(page), kept(page)) == ("topics", [])
    in_groups = [topic for group in catalogue.questions["topics"].groups for topic in group.options]
    assert [box.get("value") for box in page.all("input", type="checkbox")] == in_groups
    assert set(in_groups) == set(catalogue.topics)
    form = page.one("form", id="check")
    assert (form.get("method"), form.get("action")) == ("post", f"/{lang}/lekeberg/self-check")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_ends_with_a_result_that_names_somebody_to_call(visitor: Visitor, lang: str) -> None:
    form: list[tuple[str, str]] = [("topics", "parenting"), ("topics", "money")]
    page = visitor.post(f"/{lang}/lekeberg/self-check", data=urlencode(form), **FORM)
    seen = ["topics"]
    while page.all("input", name="q"):
        question = asked(page)
        assert question not in seen
        seen.append(question)
        form = [*kept(page), ("q", question), ("skip", "1")]
        page = visitor.post(f"/{lang}/lekeberg/self-check", data=urlencode(form), **FORM)
    assert page.status == 200
    assert 2 < len(seen) <= 8
    assert page.all("a", class_="call")
    assert page.all("a", href=f"/{lang}/lekeberg/apply")


ANSWERED = {"topics": "parenting", "for": "child", "age": "35", "children": "4 7", "residence": "registered"}


def test_the_result_is_the_domain_s(visitor: Visitor, catalogue: Catalogue) -> None:
    page = visitor.post(CHECK, data={**ANSWERED, "parenting": "none", "babies": "", "born_abroad": "no"})
    assert page.heading() == RESULT
    answers, _ = catalogue.questions.read_form([*ANSWERED.items(), ("parenting", "none"), ("born_abroad", "no")])
    matches = match(catalogue.kommuner["lekeberg"], catalogue, answers)
    shown = {box.get("value") for box in page.all("input", name="i")}
    assert shown == {one.insats.id for one in (*matches.direct, *matches.maybe)}
    assert matches.direct


def test_an_answer_leads_to_the_next_question_and_is_kept(visitor: Visitor) -> None:
    page = visitor.post(CHECK, data={"q": "topics", "topics": ["money", "work"]})
    assert page.status == 200
    assert kept(page) == [("topics", "money"), ("topics", "work")]
    assert asked(page) not in ("topics", "")


def test_skipping_keeps_the_question_as_answered_by_nothing(visitor: Visitor) -> None:
    page = visitor.post(CHECK, data={"topics": "parenting", "q": "age", "age": "seventeen", "skip": "1"})
    assert page.status == 200
    assert kept(page) == [("topics", "parenting"), ("age", "")]


def test_back_shows_the_question_before_with_its_answer(visitor: Visitor) -> None:
    page = visitor.post(CHECK, data={"topics": "parenting", "for": "child", "age": "35", "q": "children", "back": "1"})
    assert (asked(page), kept(page)) == ("age", [("topics", "parenting"), ("for", "child")])
    assert page.one("input", id="answer").get("value") == "35"


def test_back_from_the_first_question_begins_anew(visitor: Visitor) -> None:
    page = visitor.post(CHECK, data={"q": "topics", "topics": "money", "back": "1"})
    assert (asked(page), kept(page)) == ("topics", [])


def test_an_answer_can_be_changed_from_the_result(visitor: Visitor) -> None:
    page = visitor.post(CHECK, data={**ANSWERED, "change": "children"})
    assert asked(page) == "children"
    assert page.one("input", id="answer").get("value") == "4 7"
    assert dict(kept(page)) == {
        **{name: value for name, value in ANSWERED.items() if name != "children"},
        "changing": "1",
    }


def test_a_change_of_language_keeps_answers_and_what_is_being_typed(visitor: Visitor) -> None:
    page = visitor.post(CHECK, data={"topics": "parenting", "q": "age", "age": "trettio"})
    (button,) = [found for found in page.all("button", name="stay") if found.get("lang") == "ar"]
    assert button.get("formaction") == "/ar/lekeberg/self-check"
    page = visitor.post(
        "/ar/lekeberg/self-check", data={"topics": "parenting", "q": "age", "age": "trettio", "stay": "1"}
    )
    assert (page.status, asked(page), kept(page)) == (200, "age", [("topics", "parenting")])
    assert page.one("input", id="answer").get("value") == "trettio"
    assert page.tree is not None
    assert page.tree.get("dir") == "rtl"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("answers", [{"topics": "money", "q": "topics"}, {**ANSWERED, "parenting": "everyday"}])
def test_htmx_gets_the_block_with_its_title_and_no_more(visitor: Visitor, lang: str, answers: dict[str, str]) -> None:
    whole = visitor.post(f"/{lang}/lekeberg/self-check", data=answers)
    visitor.headers["HX-Request"] = "true"
    part = visitor.post(f"/{lang}/lekeberg/self-check", data=answers)
    assert part.status == whole.status
    assert "<html" not in part.response.text
    assert "<header" not in part.response.text
    assert "".join(part.one("title").itertext()) == "".join(whole.one("title").itertext())
    assert (part.heading(), part.hidden()) == (whole.heading(), whole.hidden())


FINISHED = {
    "topics": ["parenting", "violence"],
    "violence": "victim",
    "children": "8",
    "age": "35",
    "residence": "registered",
    "for": "child",
    "parenting": "",
    "born_abroad": "",
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_result_can_be_shown_with_swedish_beside(visitor: Visitor, lang: str) -> None:
    path = f"/{lang}/lekeberg/self-check"
    alone = visitor.post(path, data=FINISHED)
    assert bool(alone.all("button", name="beside")) == (lang != "sv")
    assert not alone.all("svg", class_="code")
    both = visitor.post(path, data={**FINISHED, "beside": "1"})
    swedish = {"".join(found.itertext()) for found in both.one("main").findall(".//span[@class='beside']")}
    if lang == "sv":
        assert swedish == set()
        return
    if lang != "sv-simple":
        assert {RESULT, "Du får alltid ansöka"} <= swedish
    assert (both.status, both.heading(), kept(both)) == (200, alone.heading(), kept(alone))
    # The next press shows one language again.
    assert not both.all("button", name="beside")
    assert "beside" not in dict(kept(both))


def test_a_result_in_two_languages_has_a_code_that_holds_insatser_and_no_answer(visitor: Visitor) -> None:
    page = visitor.post("/fi/lekeberg/self-check", data={**FINISHED, "beside": "1"})
    shown = [box.get("value") for box in page.all("input", name="i")]
    drawn = page.response.text
    for number in range(len(shown), 0, -1):
        address = "https://localhost/fi/lekeberg/my-list?" + "&".join(f"i={one}" for one in shown[:number])
        if len(address) <= MOST_CHARACTERS:
            break
    assert re.findall(r' d="([^"]+)"', qr_code(address))[0] in drawn


def test_a_result_in_two_languages_tells_what_is_wrong_in_both(visitor: Visitor) -> None:
    page = visitor.post("/fi/lekeberg/self-check", data={**FINISHED, "unknown": "1", "beside": "1"})
    assert page.status in (200, 422)
    assert page.one("main").findall(".//span[@class='beside']")


def test_an_acute_need_puts_the_lines_first(visitor: Visitor) -> None:
    page = visitor.post(CHECK, data={"topics": "violence", "q": "topics"})
    text = page.response.text
    assert text.index('href="tel:116016"') < text.index("<h1")


def test_a_residence_that_the_kommun_does_not_offer_is_still_an_answer(visitor: Visitor, catalogue: Catalogue) -> None:
    options = [option.id for option in catalogue.questions["residence"].options]
    not_offered = [
        (kommun.id, option)
        for kommun in catalogue.kommuner.values()
        for option in options
        if option not in kommun.residence_options
    ]
    assert not_offered
    for kommun, option in not_offered:
        page = visitor.post(f"/sv/{kommun}/self-check", data={**ANSWERED, "residence": option})
        assert page.status == 200
        assert ("residence", option) in page.hidden()


def test_no_answer_stands_in_an_address_or_a_title(visitor: Visitor) -> None:
    page = visitor.post(CHECK, data={**ANSWERED, "topics": "violence", "violence": "victim"})
    for tag, attribute in (("a", "href"), ("form", "action"), ("button", "formaction")):
        for element in page.all(tag):
            assert "?" not in (element.get(attribute) or "")
    assert "".join(page.one("title").itertext()) == f"{RESULT} – Insatsportalen"


# --------------------------------------------------------------------------------------------- what is wrong

OTHERS = {"topics": "parenting", "for": "child"}

WRONG: dict[str, tuple[dict[str, object], str, str]] = {
    "nothing chosen": ({"q": "residence"}, "residence", "Välj ett svar"),
    "nothing written": ({"q": "age", "age": ""}, "age", "Skriv ett svar"),
    "white space": ({"q": "age", "age": " \t"}, "age", "Skriv ett svar"),
    "no number": ({"q": "age", "age": "trettio"}, "age", "Skriv åldern i hela år"),
    "half a year": ({"q": "age", "age": "17,5"}, "age", "Skriv åldern i hela år"),
    "before birth": ({"q": "age", "age": "-1"}, "age", "Skriv åldern i hela år"),
    "an impossible age": ({"q": "age", "age": "121"}, "age", "från 0 till 120"),
    "a very long number": ({"q": "age", "age": "9" * 5000}, "age", "Skriv åldern i hela år"),
    "two ages": ({"q": "age", "age": ["17", "18"]}, "age", "Välj bara ett svar"),
    "a child of a hundred": ({"q": "children", "children": "4, 100"}, "children", "från 0 till 90"),
    "a child in words": ({"q": "children", "children": "fyrtio"}, "children", "Skriv åldern i hela år"),
    "children and none": ({"q": "children", "children": ["4", "none"]}, "children", "inget stämmer"),
    "more children than a family has": ({"q": "children", "children": "4 " * 21}, "children", "från 0 till 90"),
    "an unknown option": ({"q": "residence", "residence": "mars"}, "residence", "”mars” finns inte"),
    "two of one": ({"q": "residence", "residence": ["registered", "staying"]}, "residence", "Välj bara ett"),
    "an unknown topic among known": ({"parenting": ["everyday", "dance"]}, "parenting", "”dance” finns inte"),
    "all and none": ({"parenting": ["everyday", "none"]}, "parenting", "inget stämmer"),
    "a NUL byte": ({"q": "age", "age": "\x00x"}, "age", "Skriv åldern i hela år"),
    "signs that no page may hold": ({"q": "age", "age": "\x0b\ufffe\x1f"}, "age", "Skriv åldern i hela år"),
    "HTML": ({"q": "age", "age": '"><script>alert(1)</script>'}, "age", "Skriv åldern i hela år"),
    "braces": ({"q": "residence", "residence": "{kommun}{0}"}, "residence", "”{kommun}{0}” finns inte"),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("form", "question", "says"), WRONG.values(), ids=WRONG)
def test_a_wrong_answer_is_named_and_the_others_are_kept(
    visitor: Visitor, lang: str, form: dict[str, object], question: str, says: str
) -> None:
    page = visitor.post(f"/{lang}/lekeberg/self-check", data={**OTHERS, **form})
    assert page.status == 422
    assert (asked(page), dict(kept(page))) == (question, OTHERS)
    assert len(problems(page)) == 1
    assert lang != "sv" or says in problems(page)[0]
    assert page.one("a", href="#answer") is not None
    assert "<script>alert" not in page.response.text


def test_what_was_typed_stays_to_be_corrected(visitor: Visitor) -> None:
    page = visitor.post(CHECK, data={**OTHERS, "q": "children", "children": "4 och ett halvt"})
    answer = page.one("input", id="answer")
    assert (answer.get("value"), answer.get("aria-invalid")) == ("4 och ett halvt", "true")
    assert "answer-error" in (answer.get("aria-describedby") or "")


def test_bytes_that_are_not_text_are_an_answer_that_does_not_exist(visitor: Visitor) -> None:
    page = visitor.post(CHECK, data=b"topics=parenting&q=residence&residence=%ff%fe&%80=%81", **FORM)
    assert page.status == 422
    assert (asked(page), kept(page)) == ("residence", [("topics", "parenting")])
    assert len(problems(page)) == 2


def test_a_forged_field_is_named_and_the_answers_are_kept(visitor: Visitor) -> None:
    page = visitor.post(CHECK, data={**OTHERS, "dance": "waltz", "q": "for"})
    assert page.status == 422
    assert dict(kept(page)) == OTHERS
    assert problems(page) == ["Frågan ”dance” finns inte. Ta bort den och försök igen."]


def test_a_forged_field_beside_a_whole_set_of_answers_is_named_on_the_result(visitor: Visitor) -> None:
    whole = {**ANSWERED, "parenting": "none", "babies": "", "born_abroad": "no"}
    page = visitor.post(CHECK, data={**whole, "dance": "waltz"})
    assert (page.status, page.heading()) == (422, RESULT)
    assert problems(page) == ["Frågan ”dance” finns inte. Ta bort den och försök igen."]
    assert dict(kept(page)) == whole


def test_a_forged_hidden_answer_is_asked_again_and_the_others_are_kept(visitor: Visitor) -> None:
    page = visitor.post(CHECK, data={**ANSWERED, "topics": "dance", "q": "parenting", "parenting": "everyday"})
    assert (page.status, asked(page)) == (422, "topics")
    (problem,) = problems(page)
    assert "”dance” finns inte" in problem
    expected = {**ANSWERED, "parenting": "everyday"}
    del expected["topics"]
    assert dict(kept(page)) == expected


def test_every_wrong_answer_is_named_at_once(visitor: Visitor) -> None:
    page = visitor.post(CHECK, data={**OTHERS, "age": "200", "residence": "mars", "dance": "waltz"})
    assert (page.status, asked(page)) == (422, "age")
    assert len(problems(page)) == 3
    assert dict(kept(page)) == OTHERS


@pytest.mark.parametrize("form", [{"q": "dance"}, {"change": "dance"}, {"back": "x", "q": "dance"}, {"stay": "1"}])
def test_a_forged_button_loses_no_answer(visitor: Visitor, form: dict[str, str]) -> None:
    page = visitor.post(CHECK, data={**OTHERS, **form})
    assert page.status == 200
    shown = {asked(page)}
    assert {name for name, _ in kept(page)} | shown >= set(OTHERS)


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data", ""])
def test_a_body_of_another_kind_begins_anew(visitor: Visitor, kind: str) -> None:
    page = visitor.post(CHECK, data=b'{"topics": "money"}', content_type=kind)
    assert (page.status, asked(page), kept(page)) == (200, "topics", [])


def test_ten_thousand_fields_give_a_page_that_names_them(app: Flask) -> None:
    body = "topics=money&" + "&".join(f"{number}" for number in range(10_000))
    response = app.test_client().post(CHECK, data=body, **FORM)
    assert len(body) < 60_000
    assert response.status_code == 422
    assert "Frågan ”17” finns inte." in response.text
    assert '<input type="hidden" name="topics" value="money">' in response.text


# --------------------------------------------------------------------------------------------- any form at all

HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


def forms(catalogue: Catalogue) -> st.SearchStrategy[list[tuple[str, str]]]:
    """Return a strategy of forms: honest answers, wrong ones, buttons and rubbish, in any order and number."""
    bank = catalogue.questions
    anything = st.text(max_size=30)
    numbers = st.integers(-2, 130).map(str)
    options = st.sampled_from([option.id for question in bank.values() for option in question.options])
    honest = st.sampled_from(
        [(question.id, option.id) for question in bank.values() for option in question.options]
        + [(question.id, str(number)) for question in bank.values() for number in (question.low, 5, question.high)]
    )
    names = st.sampled_from([*bank, *BUTTONS]) | anything
    values = options | numbers | st.sampled_from([*bank, "none", ""]) | anything
    return st.lists(honest | st.tuples(names, values), max_size=20)


def test_no_form_breaks_the_self_check_or_loses_a_valid_answer(app: Flask, catalogue: Catalogue) -> None:
    client, bank = app.test_client(), catalogue.questions

    @hypothesis(max_examples=250, deadline=None, derandomize=True, database=None)
    @given(
        form=forms(catalogue),
        lang=st.sampled_from(LANGUAGES),
        kommun=st.sampled_from(list(catalogue.kommuner)),
        is_htmx=st.booleans(),
    )
    def holds(form: list[tuple[str, str]], lang: str, kommun: str, is_htmx: bool) -> None:
        headers = {"HX-Request": "true"} if is_htmx else {}
        response = client.post(f"/{lang}/{kommun}/self-check", data=urlencode(form), headers=headers, **FORM)
        assert response.status_code in (200, 422)
        assert response.text.count("<h1") == 1
        hidden = [(unescape(name), unescape(value)) for name, value in HIDDEN.findall(response.text)]
        shown = dict(hidden).get("q")
        buttons = {name: value for name, value in form if name in BUTTONS}
        answers: dict[str, Answer]
        answers, _ = bank.read_form([pair for pair in form if pair[0] not in BUTTONS])
        dropped = {shown, buttons.get("q") if "skip" in buttons or "back" in buttons else None}
        still = bank.write_form({name: value for name, value in answers.items() if name not in dropped})
        assert [pair for pair in hidden if pair in still] == list(still)

    holds()
