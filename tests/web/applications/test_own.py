"""My application: what its code opens, where it is, what can be added, taken back, printed and fetched."""

import pytest

from portal.actions.applications.attachments import add_file
from portal.actions.applications.drafts import Receipt
from portal.actions.applications.following import copy_for_print, status_of
from portal.actions.applications.handling import ask_for_more, close, forward, note, take_in_hand
from portal.actions.applications.inbox import open_application
from portal.domain.applications.rules import ApplicationRules
from portal.domain.applications.states import State
from portal.domain.people.brakes import CODES_ALIKE
from tests.applicant import Applicant, fields_in, multipart
from tests.conftest import TUESDAY, Town
from tests.groups import STRANGER
from tests.made_up_applicants import WORKER, begun, id_of, picture, sent
from tests.pages import Page
from tests.web.each_language import LANGUAGES

MINE = "/sv/lekeberg/my-application"


@pytest.fixture
def applicant(town: Town) -> Applicant:
    """Return somebody who comes back."""
    town.visitor.client.application.extensions.pop("upload_pace", None)
    return Applicant(town.visitor)


@pytest.fixture
def receipt(town: Town, rules: ApplicationRules) -> Receipt:
    """Return the receipt of what she has sent."""
    return sent(town.storage, rules)


def asked(town: Town, rules: ApplicationRules, receipt: Receipt) -> str:
    """Let staff ask for more; return the id."""
    application_id = id_of(town.storage, rules, receipt)
    open_application(town.storage, rules, WORKER, application_id, TUESDAY)
    phrase = next(one.id for one in rules.phrases.values() if one.fits("elderly"))
    ask_for_more(town.storage, rules, WORKER, application_id, [phrase], "نحتاج ورقة.", TUESDAY)
    return application_id


def add(applicant: Applicant, page: Page, text: str, name: str = "", content: bytes = b"") -> Page:
    """Send the form that adds something."""
    form = next(one for one in page.all("form") if (one.get("action") or "").endswith("/add"))
    fields = {**fields_in(form), "text": text, "do": "add"}
    return applicant.visitor.post(f"{MINE}/add", **multipart(fields, name, content))


def test_the_code_alone_opens_it(applicant: Applicant, receipt: Receipt) -> None:
    asks = applicant.visitor.get(MINE).one("form", class_="search")
    assert [one.get("name") for one in asks.iter("input")] == ["code"]
    page = applicant.mine(receipt.code)
    assert page.status == 200
    assert "Kommunen har din ansökan." in page.text
    assert receipt.reference in page.text
    assert applicant.mine(receipt.code.lower().replace("-", " ")).status == 200


@pytest.mark.parametrize("code", ["", "x", "KX4-7TM-9PR-2HD", "KX4-7TM-9PR-2HC", "\x00💥", "K" * 5000])
def test_every_wrong_code_is_told_the_same(applicant: Applicant, code: str) -> None:
    page = applicant.mine(code)
    assert page.status == 422
    assert [link.get("href") for link in page.one("div", id="problems").iter("a")] == ["#code"]


def test_guesses_are_slowed_and_a_right_code_is_not(applicant: Applicant, receipt: Receipt, town: Town) -> None:
    for _ in range(CODES_ALIKE.most):
        assert applicant.mine(STRANGER.code).status == 422
    page = applicant.mine(STRANGER.code)
    assert (page.status, page.response.headers["Retry-After"]) == (429, "600")
    assert applicant.mine(receipt.code).status == 200
    town.time.passes(minutes=10)
    assert applicant.mine(STRANGER.code).status == 422


def test_each_state_says_what_it_is_and_never_what_was_decided(
    applicant: Applicant, town: Town, rules: ApplicationRules, receipt: Receipt
) -> None:
    application_id = id_of(town.storage, rules, receipt)
    said = [applicant.mine(receipt.code).text]
    open_application(town.storage, rules, WORKER, application_id, TUESDAY)
    said.append(applicant.mine(receipt.code).text)
    assert all("Kommunen har din ansökan." in text for text in said)
    note(town.storage, WORKER, application_id, "Hemlig anteckning", TUESDAY)
    take_in_hand(town.storage, WORKER, application_id, TUESDAY)
    assert "arbetar med din ansökan" in applicant.mine(receipt.code).text
    close(town.storage, WORKER, application_id, TUESDAY)
    page = applicant.mine(receipt.code)
    assert "Här står aldrig beslutet." in page.text
    assert page.all("textarea") == []
    assert "Hemlig" not in page.text + applicant.mine(receipt.code, "copy").text


def test_what_is_asked_is_answered_with_a_text_and_a_file(
    applicant: Applicant, town: Town, rules: ApplicationRules, receipt: Receipt
) -> None:
    asked(town, rules, receipt)
    page = applicant.mine(receipt.code)
    assert "Kommunen behöver veta mer av dig." in page.text
    assert "نحتاج ورقة." in page.text
    page = add(applicant, page, "Här är pappret.", "intyg.png", picture())
    assert page.status == 200
    assert "Kommunen har fått ditt svar." in page.text
    found = copy_for_print(town.storage, receipt.code, TUESDAY)
    assert [one.text for one in found.messages][-1] == "Här är pappret."
    assert [one.name for one in found.files] == ["intyg.png"]


def test_the_same_text_again_is_added_once(
    applicant: Applicant, town: Town, rules: ApplicationRules, receipt: Receipt
) -> None:
    page = applicant.mine(receipt.code)
    for _ in range(2):
        assert add(applicant, page, "En sak till.").status == 200
    assert len(copy_for_print(town.storage, receipt.code, TUESDAY).messages) == 1


@pytest.mark.parametrize(
    ("text", "name", "content"),
    [("", "", b""), ("x" * 4001, "", b""), ("Min text", "x.svg", b"<svg/>"), ("Min text", "x.png", b"")],
)
def test_what_cannot_be_added_says_why_and_keeps_the_text(
    applicant: Applicant, town: Town, receipt: Receipt, text: str, name: str, content: bytes
) -> None:
    page = add(applicant, applicant.mine(receipt.code), text, name, content)
    assert page.status == 422
    assert "".join(page.one("textarea", id="text").itertext()).strip() == text
    assert copy_for_print(town.storage, receipt.code, TUESDAY).messages == ()


def test_nothing_is_added_to_what_has_ended(
    applicant: Applicant, town: Town, rules: ApplicationRules, receipt: Receipt
) -> None:
    page = applicant.mine(receipt.code)
    assert applicant.mine(receipt.code, "withdraw").status == 200
    assert add(applicant, page, "En sak till.").status == 409
    assert add(applicant, page, "", "x.png", picture()).status in (409, 422)


def test_far_too_large_a_file_is_refused(applicant: Applicant, receipt: Receipt) -> None:
    page = add(applicant, applicant.mine(receipt.code), "x", "x.png", b"x" * (25 * 1024 * 1024))
    assert page.status == 413


def test_it_is_taken_back_after_a_question(
    applicant: Applicant, town: Town, rules: ApplicationRules, receipt: Receipt
) -> None:
    page = applicant.mine(receipt.code, "leave")
    assert page.heading() == "Vill du ta tillbaka ansökan?"
    assert status_of(town.storage, rules, receipt.code, TUESDAY).state is State.SENT
    assert "Du har tagit tillbaka ansökan." in applicant.mine(receipt.code, "withdraw").text
    assert "Du har tagit tillbaka ansökan." in applicant.mine(receipt.code, "withdraw").text
    assert "Du har tagit tillbaka ansökan." in applicant.mine(receipt.code, "leave").text


def test_what_is_closed_is_not_taken_back(
    applicant: Applicant, town: Town, rules: ApplicationRules, receipt: Receipt
) -> None:
    application_id = id_of(town.storage, rules, receipt)
    open_application(town.storage, rules, WORKER, application_id, TUESDAY)
    close(town.storage, WORKER, application_id, TUESDAY)
    assert applicant.mine(receipt.code, "withdraw").status == 409


def test_the_copy_holds_all_she_wrote_and_was_told_and_her_files(
    applicant: Applicant, town: Town, rules: ApplicationRules, receipt: Receipt
) -> None:
    application_id = asked(town, rules, receipt)
    note(town.storage, WORKER, application_id, "Hemlig anteckning", TUESDAY)
    info = add_file(town.storage, rules, receipt.code, "läkarintyg ä.png", picture(), TUESDAY)
    page = applicant.mine(receipt.code, "copy")
    for word in ("Kanariefågel", "Sidensvans", "070-174 06 77", "Gökottan", "نحتاج", "läkarintyg ä.png"):
        assert word in page.text, word
    assert "Hemlig" not in page.text
    fetched = applicant.mine(receipt.code, f"file.{info.id}").response
    assert fetched.headers["Content-Disposition"].endswith("filename*=UTF-8''l%C3%A4karintyg%20%C3%A4.png")
    assert (fetched.mimetype, fetched.headers["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert fetched.headers["Cache-Control"] == "no-store"
    assert fetched.data.startswith(b"\x89PNG")
    assert applicant.mine(receipt.code, "file.nothing").status == 404


def test_a_draft_is_taken_away_after_a_question(applicant: Applicant, town: Town, rules: ApplicationRules) -> None:
    code = begun(town.storage, rules)
    assert applicant.mine(code, "file.nothing").status == 404
    assert applicant.mine(code, "copy").status == 200
    assert applicant.mine(code, "leave").heading() == "Vill du ta bort det du har skrivit?"
    assert applicant.mine(code).heading() == "Din ansökan är inte skickad"
    assert "Det du hade skrivit är borttaget." in applicant.mine(code, "discard").text
    assert applicant.mine(code).status == 422


def test_another_kommun_s_application_leads_there(applicant: Applicant, receipt: Receipt) -> None:
    applicant.kommun = "mellerud"
    page = applicant.mine(receipt.code)
    assert (page.status, page.response.headers["Location"]) == (307, MINE)


def test_one_that_is_forwarded_says_so(
    applicant: Applicant, town: Town, rules: ApplicationRules, receipt: Receipt
) -> None:
    application_id = id_of(town.storage, rules, receipt)
    open_application(town.storage, rules, WORKER, application_id, TUESDAY)
    forward(town.storage, rules, WORKER, application_id, "adults", TUESDAY)
    assert "Kommunen skickade ansökan vidare" in applicant.mine(receipt.code, "copy").text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_spoken_in_every_language(town: Town, rules: ApplicationRules, receipt: Receipt, lang: str) -> None:
    asked(town, rules, receipt)
    applicant = Applicant(town.visitor, lang=lang)
    for do in ("", "copy", "leave"):
        page = applicant.mine(receipt.code, do)
        assert (page.status, page.one("html").get("lang")) == (200, lang)


def test_no_address_header_or_title_tells_what_it_is_about(applicant: Applicant, town: Town, receipt: Receipt) -> None:
    for do in ("", "copy", "leave"):
        page = applicant.mine(receipt.code, do)
        told = "".join(page.one("title").itertext()) + str(page.response.headers)
        assert "äldre" not in told
        assert receipt.code not in told
        assert receipt.reference not in told
