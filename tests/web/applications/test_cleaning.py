"""A file that is not clean when its page is shown: it is named, nothing is sent without it, and it is told at last."""

from portal.actions.applications.attachments import add_file, clean_files
from portal.domain.applications.rules import ApplicationRules
from tests.applicant import Applicant
from tests.conftest import Town
from tests.made_up_applicants import picture


def lined_up(town: Town, rules: ApplicationRules, name: str, content: bytes) -> Applicant:
    """Return somebody whose file stands in the line."""
    applicant = Applicant(town.visitor)
    applicant.begin()
    applicant.fill(rules.kinds["elderly"], until="files")
    applicant.press("attach")
    add_file(town.storage, rules, applicant.held["code"][0], name, content, town.time(), lambda: None)
    applicant.press("change.files")
    return applicant


def test_a_file_that_waits_is_named_and_the_application_waits_for_it(town: Town, rules: ApplicationRules) -> None:
    applicant = lined_up(town, rules, "intyg.png", picture())
    assert "Vi går igenom filen." in applicant.seen.text
    page = applicant.press("send")
    assert page.status == 409
    assert "Vänta en stund och skicka sedan." in page.text
    # Sending has asked for it again: who was at it may have been stopped.
    assert town.visitor.client.application.extensions["cleaning"].ask(60)
    assert applicant.press("send").status == 201


def test_a_file_that_was_refused_meanwhile_says_why(town: Town, rules: ApplicationRules) -> None:
    applicant = lined_up(town, rules, "intyg.png", b"\x89PNG\r\n\x1a\n broken")
    clean_files(town.storage, town.time())
    page = applicant.press("change.files")
    assert page.status == 422
    assert "Filen går inte att läsa." in page.text
    assert applicant.press("send").status in (201, 422)
