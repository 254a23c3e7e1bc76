"""What cannot wait stops the self-check: whom to call now, in her language, and she goes on when she chooses."""

from urllib.parse import urlencode

import pytest

from portal.domain.catalogue.fits import NEED_NOW
from tests.pages import Page, Visitor
from tests.web.each_language import LANGUAGES

EACH_NEED = [(topic, option) for topic, options in NEED_NOW.items() for option in sorted(options)]
FORM = {"content_type": "application/x-www-form-urlencoded"}
TITLE = "Du behöver inte vänta"


def asked_about(visitor: Visitor, topic: str, option: str, lang: str = "sv", kommun: str = "lekeberg") -> Page:
    """Return the page after this option of this topic was ticked."""
    return visitor.post(f"/{lang}/{kommun}/self-check", data={"topics": topic, topic: option, "q": topic})


def is_stopped(page: Page) -> bool:
    """Return whether a page says whom to call now."""
    return ("at_stop", "1") in page.hidden()


def numbers(page: Page) -> list[str]:
    """Return the numbers to call that stand first, in order."""
    return [
        link.get("href", "").removeprefix("tel:") for link in page.one("section", aria_labelledby="call-now").iter("a")
    ]


@pytest.mark.parametrize(("topic", "option"), EACH_NEED)
@pytest.mark.parametrize("kommun", ["lekeberg", "linkoping"])
def test_each_need_stops_the_questions_and_lets_her_go_on(
    visitor: Visitor, topic: str, option: str, kommun: str
) -> None:
    page = asked_about(visitor, topic, option, kommun=kommun)
    assert (page.status, page.heading(), is_stopped(page)) == (200, TITLE, True)
    assert numbers(page)[0] == "112"
    duty = page.one("p", class_="notice")
    assert "Ring 112 och fråga efter socialjouren." in "".join(duty.itertext())
    assert [link.get("href") for link in duty.iter("a")] == (["tel:013207526"] if kommun == "linkoping" else [])
    said = "Kommunen har inte bekräftat alla nummer än." if kommun == "linkoping" else "inte bekräftat numret än."
    assert page.text.count("Kommunen har inte bekräftat") == page.text.count(said) == 1, "once for the page"
    assert (topic, option) in page.hidden()
    after = visitor.post(f"/sv/{kommun}/self-check", data=urlencode([*page.hidden(), ("go_on", "1")]), **FORM)
    assert (after.status, is_stopped(after)) == (200, False)
    assert (topic, option) in after.hidden()
    back = visitor.post(f"/sv/{kommun}/self-check", data=urlencode([*page.hidden(), ("change", topic)]), **FORM)
    assert dict(back.hidden())["q"] == topic


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_told_in_her_language_and_stays_when_she_changes_it(visitor: Visitor, lang: str) -> None:
    page = asked_about(visitor, "wellbeing", "no_wish_to_live", lang)
    assert page.one("html").get("lang") == lang
    assert numbers(page)[:2] == ["112", "90101"]
    changed = visitor.post("/fi/lekeberg/self-check", data=urlencode([*page.hidden(), ("stay", "1")]), **FORM)
    assert (changed.one("html").get("lang"), is_stopped(changed)) == ("fi", True)


def test_what_can_wait_stops_nothing(visitor: Visitor) -> None:
    assert not is_stopped(asked_about(visitor, "violence", "victim"))
    assert not is_stopped(asked_about(visitor, "money", "debts"))


def test_a_child_whose_guardians_say_no_is_told_what_it_means_and_what_is_hers(visitor: Visitor) -> None:
    answers = {"topics": "wellbeing", "wellbeing": "mild", "age": "13", "guardian_consent": "no"}
    page = visitor.post("/sv/lekeberg/self-check", data=answers)
    young = " ".join(" ".join(page.one("section", aria_labelledby="call-now").itertext()).split())
    assert "Du får alltid ringa och fråga." in young
    assert "Ingen behöver säga ja, och du behöver inte säga vem du är." in young
    assert "elevhälsan" in young
    assert (
        "Om vårdnadshavare säger nej kan du inte få allt stöd direkt. Du får ändå ansöka. Kommunen lyssnar på dig."
        in young
    )
    assert 'href="tel:116111"' in page.response.text
    agreed = visitor.post("/sv/lekeberg/self-check", data={**answers, "guardian_consent": "yes"})
    assert "Du får alltid ringa och fråga." in agreed.text
    assert "Då kan du inte få allt stöd direkt." not in agreed.text


def test_nobody_has_an_empty_page(visitor: Visitor) -> None:
    answers = {"topics": "wellbeing", "wellbeing": "none", "for": "me", "age": "66", "residence": "registered"}
    page = visitor.post("/sv/alingsas/self-check", data=answers)
    assert not page.all("article", class_="card")
    assert 'href="tel:1177"' in page.response.text
    assert page.one("section", aria_labelledby="direct-title").findall(".//a")
    assert "Du får alltid ansöka" in page.text


@pytest.mark.parametrize(("lang", "word"), [("sv", None), ("ar", "عنف"), ("ti", "ዓመጽ"), ("en", "violence")])
def test_a_question_says_what_each_line_is_for_where_its_swedish_name_says_nothing(
    visitor: Visitor, lang: str, word: str | None
) -> None:
    page = visitor.post(f"/{lang}/lekeberg/self-check", data={"topics": "violence"})
    box = " ".join("".join(page.one("p", class_="lines short").itertext()).split())
    assert "Kvinnofridslinjen" in box
    assert ("(" in box) is (word is not None)
    assert word is None or f"({word})" in box
