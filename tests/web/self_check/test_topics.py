"""The first question in one's own words: what is written ticks topics, and is forgotten."""

import pytest

from tests.pages import Page, Visitor
from tests.web.each_language import LANGUAGES

CHECK = "/sv/lekeberg/self-check"


def ticked(page: Page) -> set[str]:
    """Return the topics that a page has ticked."""
    boxes = page.all("input", name="topics")
    return {box.get("value") or "" for box in boxes if box.get("checked") is not None}


def written(page: Page) -> str:
    """Return what stands in the field."""
    return page.one("input", id="about").get("value") or ""


def find(visitor: Visitor, about: str, lang: str = "sv", **more: str) -> Page:
    """Send the first question with these words."""
    data = {"q": "topics", "about": about, "find": "1", **more}
    return visitor.post(f"/{lang}/lekeberg/self-check", data=data)


@pytest.mark.parametrize(
    ("about", "lang", "topics"),
    [
        ("kan inte betala hyran", "sv", {"money"}),
        ("skillsmässa", "sv-simple", {"separation"}),
        ("my husband hits me", "en", {"violence"}),
        ("våld", "ar", {"violence"}),
        ("عنف", "sv", {"violence"}),
        ("از شوهرم میترسم", "fa-AF", {"violence"}),
        ("ስራሕ እደሊ", "ti", {"work"}),
        ("kelinimo", "so", {"company"}),
        ("самотність", "uk", {"company"}),
        ("avioero", "fi", {"separation"}),
    ],
)
def test_what_she_writes_ticks_its_topics(visitor: Visitor, about: str, lang: str, topics: set[str]) -> None:
    page = find(visitor, about, lang)
    assert page.status == 200
    assert ticked(page) == topics
    assert written(page) == ""
    assert "".join(page.one("p", id="ticked").itertext())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_not_understood_stays_to_be_changed(visitor: Visitor, lang: str) -> None:
    page = find(visitor, 'xyzzy <b>"', lang, topics="money")
    assert (ticked(page), written(page)) == ({"money"}, 'xyzzy <b>"')
    assert page.all("p", id="ticked")


def test_what_was_ticked_before_stays_and_enter_does_the_same(visitor: Visitor) -> None:
    page = visitor.post(CHECK, data={"q": "topics", "about": "skolkar", "topics": "money"})
    assert ticked(page) == {"money", "school"}


def test_it_never_goes_further_by_itself_and_tells_nothing_but_topics(visitor: Visitor) -> None:
    page = find(visitor, "min son 7 år slår mig, jag är 34 och bor i Örebro")
    assert dict(page.hidden()) == {"q": "topics"}
    assert ticked(page) <= {"parenting", "violence"}


def test_danger_shows_whom_to_call_at_once(visitor: Visitor) -> None:
    page = find(visitor, "jag vill inte leva")
    assert ticked(page) == {"wellbeing"}
    assert page.response.text.index('href="tel:90101"') < page.response.text.index('id="about"')
    page = find(visitor, "pappa slår mig")
    assert "violence" in ticked(page)
    assert page.all("a", href="tel:116111")


def test_no_more_than_three_topics_are_ticked(visitor: Visitor) -> None:
    assert len(ticked(find(visitor, "pengar jobb bostad skola brott ensam skilsmässa"))) == 3


def test_a_change_of_language_keeps_what_is_being_written(visitor: Visitor) -> None:
    page = visitor.post("/ar/lekeberg/self-check", data={"q": "topics", "about": "pengar", "stay": "1"})
    assert (ticked(page), written(page)) == (set(), "pengar")


def test_the_words_travel_in_the_body_and_no_further(visitor: Visitor) -> None:
    page = visitor.get(CHECK)
    form = page.one("form", id="check")
    assert form.get("method") == "post"
    asked = visitor.post(CHECK, data={"q": "topics", "about": "", "topics": "money"})
    assert "about" not in dict(asked.hidden())
    assert not asked.all("input", id="about")


def test_a_forged_field_elsewhere_is_left_alone(visitor: Visitor) -> None:
    page = visitor.post(CHECK, data={"q": "age", "age": "34", "topics": "money", "about": "våld" * 999, "find": "1"})
    assert page.status == 200
    assert find(visitor, "x" * 5000).status == 200
    assert find(visitor, "").status == 200


def test_enter_on_a_topic_goes_on_though_it_presses_the_first_button(visitor: Visitor) -> None:
    page = visitor.post(CHECK, data={"q": "topics", "topics": "money", "about": " ", "find": "1"})
    assert page.one("input", name="q").get("value") != "topics"
