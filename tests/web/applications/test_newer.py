"""The same draft on two pages: the older one undoes nothing, loses nothing, and says so."""

from portal.actions.applications.drafts import open_draft
from portal.domain.applications.rules import ApplicationRules
from tests.applicant import Applicant, code_on
from tests.conftest import TUESDAY, Town

OLDER, NEWER = "Min äldre text.", "Min nyare text, som är längre."


def kept(town: Town, code: str) -> str:
    """Return what the draft on disk says."""
    return open_draft(town.storage, code, TUESDAY).form.wants


def test_the_older_of_two_pages_saves_nothing_over_the_newer_and_both_are_shown(
    town: Town, rules: ApplicationRules
) -> None:
    first = Applicant(town.visitor)
    first.begin()
    first.fill(rules.kinds["elderly"], wants=OLDER)
    code = code_on(first.press("pause"))
    one, two = (Applicant(town.visitor) for _ in range(2))
    for page in (one, two):
        page.mine(code, "go_on")
    for page in (one, two):
        page.press("change.wants")
    one.press(wants=NEWER)
    assert kept(town, code) == NEWER
    answer = two.press(wants=OLDER + " Och mer.")
    assert answer.status == 409
    assert "Det finns en nyare version av din ansökan." in answer.text
    assert NEWER in answer.text
    assert two.held["wants"] == [OLDER + " Och mer."]
    assert kept(town, code) == NEWER
    # She has seen both, and wants this one. Sending the other page now is told in the same way.
    assert two.press().status == 200
    assert kept(town, code) == OLDER + " Och mer."
    assert one.press("send").status == 409
    assert "Och mer." in one.seen.text


def test_a_page_without_a_draft_that_says_it_has_seen_one_is_kept(town: Town, rules: ApplicationRules) -> None:
    applicant = Applicant(town.visitor)
    applicant.begin()
    applicant.fill(rules.kinds["elderly"], wants=OLDER)
    answer = applicant.press("pause", seen="nothing that the portal made")
    assert answer.status == 201
    assert kept(town, code_on(answer)) == OLDER
