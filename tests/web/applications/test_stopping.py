"""What cannot wait is heard in every form: whom to call now, in her language, and she goes on when she chooses."""

import pytest

from portal.domain.applications.rules import ApplicationRules
from portal.domain.catalogue.whole import Catalogue
from portal.domain.self_check.lines import lines_for_needs
from tests.applicant import Applicant, answers_for
from tests.conftest import Town
from tests.pages import Page
from tests.web.each_language import LANGUAGES

NEEDS = {"violence", "shelter", "food", "crisis"}


def phones(page: Page) -> list[str]:
    """Return the numbers to call that stand first, in order."""
    return [
        link.get("href", "").removeprefix("tel:") for link in page.one("section", aria_labelledby="call-now").iter("a")
    ]


def reach(applicant: Applicant, rules: ApplicationRules, **filled: str) -> None:
    """Fill in the form until it asks what is needed."""
    applicant.begin()
    applicant.fill(rules.kinds[applicant.kind], "wants", **filled)


def is_stopped(applicant: Applicant) -> bool:
    """Return whether the page that she sees says whom to call now."""
    return applicant.held.get("at_stop") == ["1"]


def test_every_form_hears_each_need(rules: ApplicationRules) -> None:
    for kind in rules.kinds.values():
        heard = {need for fact in kind.facts for needs in fact.acute.values() for need in needs}
        assert heard >= NEEDS, kind.id
        assert all(not fact.is_required or len(fact.acute) < 2 for fact in kind.facts), kind.id


def test_each_answer_that_cannot_wait_stops_the_form_and_lets_her_go_on(
    town: Town, rules: ApplicationRules, catalogue: Catalogue
) -> None:
    for kind in rules.kinds.values():
        for fact in kind.facts:
            for answer, needs in fact.acute.items():
                applicant = Applicant(town.visitor, kind.id)
                reach(applicant, rules)
                waits = {name.replace(".", "__"): said for name, said in answers_for(kind).items() if "facts." in name}
                page = applicant.press(**{**waits, "wants": "Vipan skriver.", f"facts__{fact.id}": answer})
                assert is_stopped(applicant), (kind.id, fact.id, answer)
                assert page.status == 200
                told = lines_for_needs(catalogue.helplines, frozenset(needs), is_child=False)
                assert phones(page)[0] == "112"
                assert set(phones(page)) == {line.phone.replace(" ", "").replace("-", "") for line in told}
                assert "Ring 112 och fråga efter socialjouren." in page.text
                assert page.one("div", class_="contact").findall("p[@class='open']")
                applicant.press("look")
                assert (applicant.step, applicant.held["wants"]) == ("wants", ["Vipan skriver."])
                applicant.press()
                assert is_stopped(applicant)
                applicant.press("go_on")
                assert not is_stopped(applicant)
                assert applicant.step in ("files", "check")
                assert applicant.held["wants"] == ["Vipan skriver."]
                assert applicant.held[f"facts.{fact.id}"] == [answer]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_told_in_her_language_and_stays_when_she_changes_it(
    town: Town, rules: ApplicationRules, lang: str
) -> None:
    applicant = Applicant(town.visitor, "other", lang)
    reach(applicant, rules)
    page = applicant.press(wants="Vipan", facts__now="no_wish_to_live")
    assert page.one("html").get("lang") == lang
    assert phones(page) == ["112", "90101", "1177"]
    applicant.lang = "fi"
    changed = applicant.press("stay")
    assert (changed.one("html").get("lang"), is_stopped(applicant)) == ("fi", True)


def test_who_is_under_18_is_told_who_listens_to_her(town: Town, rules: ApplicationRules) -> None:
    applicant = Applicant(town.visitor, "other")
    reach(applicant, rules, age="15")
    page = applicant.press(wants="Vipan", facts__now="not_safe")
    assert phones(page)[:2] == ["112", "116111"]
    assert "Prata med någon i dag" in page.text
    grown_up = Applicant(town.visitor, "other")
    reach(grown_up, rules)
    assert "Prata med någon i dag" not in grown_up.press(wants="Vipan", facts__now="not_safe").text


def test_a_mistake_is_told_first_and_what_can_wait_stops_nothing(town: Town, rules: ApplicationRules) -> None:
    applicant = Applicant(town.visitor, "other")
    reach(applicant, rules)
    assert applicant.press(wants="", facts__now="no_food").status == 422
    assert not is_stopped(applicant)
    applicant.press(wants="Vipan", facts__now="nothing")
    assert applicant.step == "files"


def test_an_answer_changed_from_the_check_is_heard_too(town: Town, rules: ApplicationRules) -> None:
    applicant = Applicant(town.visitor, "housing")
    applicant.begin()
    applicant.fill(rules.kinds["housing"])
    applicant.press("change.wants")
    applicant.press(facts__tonight="no")
    assert is_stopped(applicant)
    applicant.press("go_on")
    assert applicant.step == "check"
