"""The form of an application: its steps, what is kept, what is wrong, and what is sent."""

import re
from datetime import timedelta

import pytest

from portal.actions.applications.following import copy_for_print, status_of
from portal.domain.applications.rules import ApplicationRules
from portal.domain.applications.states import State
from portal.domain.catalogue.whole import Catalogue
from portal.web.applications.pace import DRAFTS
from tests.applicant import WANTS, Applicant, answers_for, code_on, multipart
from tests.applications import CODES
from tests.conftest import TUESDAY, Town
from tests.groups import NOW, key_for
from tests.made_up_applicants import picture
from tests.web.each_language import LANGUAGES


@pytest.fixture
def applicant(town: Town) -> Applicant:
    """Return somebody who applies for help at home."""
    town.visitor.client.application.extensions.pop("draft_pace", None)
    town.visitor.client.application.extensions.pop("upload_pace", None)
    return Applicant(town.visitor)


def count(town: Town) -> int:
    """Return how many applications are on disk, in whatever state."""
    with town.storage.database.snapshot() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM applications").scalar_one())


def test_every_kind_can_be_sent_and_nothing_is_on_disk_before(town: Town, rules: ApplicationRules) -> None:
    for place, kind in enumerate(rules.kinds.values(), start=count(town)):
        applicant = Applicant(town.visitor, kind.id)
        applicant.begin()
        assert applicant.step == "who"
        applicant.fill(kind)
        assert WANTS in applicant.seen.text
        assert count(town) == place
        page = applicant.press("send")
        assert page.status == 201, page.text
        found = copy_for_print(town.storage, code_on(page), TUESDAY)
        assert (found.application.kind, found.application.state) == (kind.id, State.SENT)
        assert (found.form.name, found.form.wants, found.form.language) == ("Kanariefågel Vipansson", WANTS, "sv")
        assert (found.application.reference or "") in page.text


NEWER = "Rättad text: jag behöver hjälp varje dag."


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_form_is_spoken_in_every_language(town: Town, rules: ApplicationRules, lang: str) -> None:
    applicant = Applicant(town.visitor, "violence", lang)
    applicant.begin()
    applicant.fill(rules.kinds["violence"], for_whom="guardian", age="13", other_name="Ros")
    page = applicant.press("send")
    assert page.status == 201
    found = status_of(town.storage, rules, code_on(page), TUESDAY).application
    assert found.lang == lang


def test_the_same_form_again_tells_where_the_application_is_and_no_code(
    town: Town, applicant: Applicant, rules: ApplicationRules
) -> None:
    applicant.begin()
    applicant.fill(rules.kinds["elderly"])
    before, data = count(town), {**applicant.held, "do": "send"}
    first, second = (town.visitor.post(applicant.address, data=data) for _ in range(2))
    assert (second.status, second.heading()) == (200, "Du har redan skickat")
    assert "Kommunen har din ansökan." in second.text
    for secret in (code_on(first), code_on(first).replace("-", ""), *re.findall(r"A-\d{3}-\d{3}-\d{3}", first.text)):
        assert secret not in second.response.text
    assert count(town) == before + 1


def test_a_corrected_form_that_was_sent_before_is_not_lost_and_can_be_added_by_its_code(
    town: Town, applicant: Applicant, rules: ApplicationRules
) -> None:
    applicant.begin()
    applicant.fill(rules.kinds["elderly"])
    data = {**applicant.held, "do": "send"}
    code = code_on(town.visitor.post(applicant.address, data=data))
    page = town.visitor.post(applicant.address, data=data | {"wants": NEWER, "phone": "070-174 06 99"})
    assert (page.status, page.heading()) == (200, "Du har redan skickat")
    assert "Det du skickade nu är inte sparat." in page.text
    assert "070-174 06 99" in page.text
    held = {"form_key": page.one("input", name="form_key").get("value"), "do": "add", "code": "KX4-7TM-9PR-2HC"}
    held["text"] = (page.one("textarea", name="text").text or "").strip()
    assert held["text"] == NEWER
    own = "/sv/lekeberg/my-application/add"
    page = town.visitor.post(own, data=held)
    assert (page.status, (page.one("textarea", name="text").text or "").strip()) == (422, NEWER)
    assert page.one("input", name="form_key").get("value") == held["form_key"]
    for _ in range(2):
        page = town.visitor.post(own, data=held | {"code": code})
        assert (page.status, "Vi har tagit emot det du lade till." in page.text) == (200, True)
    copy = town.visitor.post("/sv/lekeberg/my-application", data={"code": code, "do": "copy"})
    assert copy.text.count(NEWER) == 1


def test_another_page_cannot_begin_a_form_with_a_key_of_its_choice(town: Town, applicant: Applicant) -> None:
    known = key_for("application lekeberg elderly")
    applicant.begin()
    page = town.visitor.post(applicant.address, data={"begin": "1", "form_key": known})
    assert page.one("input", name="form_key").get("value") != known


def test_a_form_that_was_open_for_days_is_shown_again_with_everything_in_it(
    town: Town, applicant: Applicant, rules: ApplicationRules
) -> None:
    applicant.begin()
    applicant.fill(rules.kinds["elderly"])
    old = {**applicant.held, "form_key": key_for("application lekeberg elderly", NOW - timedelta(days=2)), "do": "send"}
    before, page = count(town), town.visitor.post(applicant.address, data=old)
    assert (page.status, count(town)) == (409, before)
    assert "Titta igenom och skicka igen." in page.text
    assert page.one("input", name="form_key").get("value") != old["form_key"]


def test_a_mistake_names_its_field_and_keeps_what_was_typed(applicant: Applicant) -> None:
    applicant.begin()
    applicant.press(for_whom="child")
    page = applicant.press(name="", number="1234", other_name="Ros")
    assert page.status == 422
    assert {link.get("href") for link in page.one("div", id="problems").iter("a")} == {"#name", "#number"}
    assert [link.findtext("b") for link in page.one("div", id="problems").iter("a")] == [
        "Vad heter du?",
        "Ditt personnummer",
    ], "each line names its question"
    assert applicant.held["number"] == ["1234"]
    assert applicant.held["other_name"] == ["Ros"]
    assert page.one("input", id="name").get("aria-invalid") == "true"


def test_one_goes_back_without_losing_what_was_typed(applicant: Applicant) -> None:
    applicant.begin()
    applicant.press(for_whom="self")
    page = applicant.press("back", name="Kanariefågel")
    assert (applicant.step, page.status) == ("who", 200)
    applicant.press()
    assert applicant.held["name"] == ["Kanariefågel"]


def test_another_language_keeps_what_was_typed(applicant: Applicant, town: Town) -> None:
    applicant.begin()
    applicant.press(for_whom="self")
    data = {**applicant.held, "name": "Kanariefågel", "stay": "1"}
    page = town.visitor.post("/ar/lekeberg/apply/elderly", data=data)
    assert page.one("html").get("lang") == "ar"
    assert page.one("input", id="name").get("value") == "Kanariefågel"


def test_every_answer_can_be_changed_from_the_check(applicant: Applicant, rules: ApplicationRules) -> None:
    applicant.begin()
    applicant.fill(rules.kinds["elderly"])
    applicant.press("change.person")
    assert applicant.step == "person"
    applicant.press(name="Koltrast")
    assert applicant.step == "check"
    assert "Koltrast" in applicant.seen.text
    applicant.press("change.person")
    applicant.press("back", name="Sidensvans")
    assert applicant.step == "check"


def test_a_change_that_opens_questions_leads_to_them(applicant: Applicant, rules: ApplicationRules) -> None:
    applicant.kind = "lss"
    applicant.begin()
    applicant.fill(rules.kinds["lss"])
    applicant.press("change.who")
    applicant.press(for_whom="child")
    assert applicant.step == "person"
    applicant.press(other_name="Ros", age="13")
    assert applicant.step == "consent"
    applicant.press(consents__child_agrees="yes")
    applicant.fill(rules.kinds["lss"])
    assert applicant.press("send").status == 201


def test_who_is_protected_reads_of_the_phone_first_and_is_never_asked_where_she_lives(
    town: Town, applicant: Applicant, rules: ApplicationRules
) -> None:
    page = applicant.begin()
    assert page.text.index("Ring oss, eller ansök på papper.") < page.text.index("Mig själv")
    applicant.press(for_whom="self", is_protected="yes")
    applicant.press(name="Ros")
    assert {one.get("value") for one in applicant.seen.all("input", name="ways")} == {
        "call",
        "message",
        "email",
        "code",
    }
    page = applicant.press(ways=["letter"], address="Hemliga gatan 1")
    assert page.status == 422
    applicant.press(ways=["code"])
    assert applicant.seen.all("textarea", name="address") == []
    applicant.fill(rules.kinds["elderly"], ways=["code"])
    code = code_on(applicant.press("send", address="Hemliga gatan 1"))
    assert copy_for_print(town.storage, code, TUESDAY).form.address == ""


def test_who_is_not_to_be_contacted_is_asked_neither_when_nor_how(applicant: Applicant) -> None:
    applicant.begin()
    applicant.press(for_whom="self")
    applicant.press(name="Ros")
    applicant.press(ways=["code"])
    shown = {one.get("name") for tag in ("input", "textarea", "select") for one in applicant.seen.all(tag)}
    assert {"language", "interpreter"} <= shown
    assert not shown & {"phone", "email", "address", "hours", "reach_note"}


def test_letters_of_every_script_and_ten_thousand_of_them_come_through(
    town: Town, applicant: Applicant, rules: ApplicationRules
) -> None:
    applicant.begin()
    long = "أحتاج مساعدة. " * 714
    applicant.fill(rules.kinds["elderly"], wants=long)
    code = code_on(applicant.press("send"))
    assert copy_for_print(town.storage, code, TUESDAY).form.wants == long.strip()


def test_a_text_that_is_too_long_is_kept_and_said(applicant: Applicant, rules: ApplicationRules) -> None:
    applicant.begin()
    applicant.fill(rules.kinds["elderly"], until="wants")
    page = applicant.press(wants="x" * 10_001, facts__help="at_home")
    assert page.status == 422
    assert applicant.held["wants"] == ["x" * 10_001]


BAD = {
    "an unknown button": {"do": "nothing"},
    "a change of nothing": {"do": "change.nothing"},
    "a step that is none": {"q": "nowhere"},
    "controls": {"name": "a\x00b\x1b", "wants": "a\x00\u202eb\ud800".encode("utf-8", "replace").decode()},
    "an age that is none": {"age": "9" * 400},
    "an age of letters": {"age": "²"},
    "an Arabic age": {"age": "٤٠"},
    "a language that is none": {"language": "xx", "interpreter": "<b>"},
    "a language of spaces": {"language": " ", "ways": ["call call", " "], "hours": ["x"]},
    "an insats that is none": {"insats": "../../etc"},
    "a fact that is none": {"facts.nothing": "x", "facts.help": "nothing"},
    "a consent that is none": {"consents.nothing": "x", "consents.Ä": "y", "consents.child_agrees": "maybe"},
    "a code that is none": {"code": "KX4-7TM-9PR-2HD", "do": "send"},
    "a code of signs": {"code": "\x00💥", "do": "pause"},
    "a key that is none": {"form_key": "x" * 5000},
    "an identity that is none": {"identity": "gAAAAA💥", "do": "send"},
    "the check at once": {"q": "check", "do": "send"},
    "files of nobody": {"do": "remove.nothing", "code": "x"},
    "adding with nothing": {"do": "attach"},
    "brought nonsense": {"brought": "age code form_key name " * 30},
    "html": {"name": "<script>alert(1)</script>", "wants": "</textarea><script>alert(1)</script>"},
}


@pytest.mark.parametrize("what", BAD)
@pytest.mark.parametrize("step", ["who", "person", "contact", "wants", "files", "check"])
def test_what_no_browser_sends_is_no_error_of_ours(
    applicant: Applicant, rules: ApplicationRules, what: str, step: str
) -> None:
    data = {**answers_for(rules.kinds["elderly"]), "language": "sv", "q": step, **BAD[what]}
    page = applicant.visitor.post(applicant.address, data=data)
    assert page.status in (200, 201, 409, 422)
    assert "<script>alert" not in page.response.text


@pytest.mark.parametrize("kind", ["nothing", "mine"])
def test_a_kind_that_is_none_is_not_found(applicant: Applicant, kind: str) -> None:
    assert applicant.visitor.post(f"/sv/lekeberg/apply/{kind}", data={"begin": "1"}).status == 404
    assert applicant.visitor.post(f"/sv/lekeberg/apply/{kind}/file", data={}).status == 404


def test_too_much_at_once_is_refused(applicant: Applicant) -> None:
    assert applicant.visitor.post(applicant.address, data={"wants": "x" * 300_000}).status == 413


# ------------------------------------------------------------------------------------------------- pause and files


def test_one_pauses_and_comes_back_by_code(town: Town, applicant: Applicant, rules: ApplicationRules) -> None:
    applicant.begin()
    applicant.press(for_whom="self")
    page = applicant.press("pause", name="Kanariefågel")
    assert page.status == 201
    assert "24 december 2026" in page.text
    code = code_on(page)
    town.time.passes(days=29)
    assert "Din ansökan är inte skickad" in applicant.mine(code).text
    applicant.mine(code, "go_on")
    assert applicant.step == "person" or applicant.step == "reach"
    applicant.press("back")
    applicant.fill(rules.kinds["elderly"])
    # Whoever has come back is kept at every step, for thirty new days.
    town.time.passes(days=29)
    applicant.mine(code, "go_on")
    assert applicant.step == "check"
    assert code_on(applicant.press("send")) == code


def test_a_draft_that_is_past_is_gone_and_what_is_in_the_form_can_be_sent(
    town: Town, applicant: Applicant, rules: ApplicationRules
) -> None:
    applicant.begin()
    applicant.fill(rules.kinds["elderly"])
    data = applicant.held
    code = code_on(applicant.press("pause"))
    town.time.passes(days=31)
    assert applicant.mine(code).status == 422
    applicant.page = town.visitor.post(applicant.address, data={**data, "code": code, "do": "send"})
    assert applicant.seen.status == 409
    page = applicant.press("send")
    assert page.status == 201
    assert code_on(page) != code


def test_a_form_that_was_sent_shows_its_receipt_whatever_is_pressed(
    applicant: Applicant, rules: ApplicationRules, town: Town
) -> None:
    applicant.begin()
    applicant.fill(rules.kinds["elderly"])
    held = applicant.held
    code = code_on(applicant.press("pause"))
    data = {**held, "code": code}
    for do in ("send", "pause", "attach", "send"):
        page = town.visitor.post(applicant.address, data={**data, "do": do})
        assert (page.status, code_on(page)) == (201, code), do
    for more in ({"do": "remove.x"}, {"stay": "1"}):
        assert town.visitor.post(applicant.address, data={**data, **more}).status == 201


def test_files_come_along_and_go(town: Town, applicant: Applicant, rules: ApplicationRules) -> None:
    applicant.begin()
    before = count(town)
    applicant.fill(rules.kinds["elderly"], until="files")
    assert count(town) == before
    page = applicant.press("attach")
    assert page.status == 201
    code = code_on(page)
    assert "intyg.png" in applicant.attach("intyg.png", picture()).text
    page = applicant.attach("brev.jpg", picture("JPEG"))
    button = next(one for one in page.all("button", name="do") if "intyg.png" in "".join(one.itertext()))
    page = applicant.press(button.get("value") or "")
    assert ("intyg.png" in page.text, "brev.jpg" in page.text) == (False, True)
    assert applicant.press(button.get("value") or "").status == 200  # twice is as once
    applicant.press()
    assert "brev.jpg" in applicant.seen.text
    assert code_on(applicant.press("send")) == code
    assert [one.name for one in copy_for_print(town.storage, code, TUESDAY).files] == ["brev.jpg"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("x.png", b"\x89PNG\r\n\x1a\nnot at all"),
        ("x.pdf", b""),
        ("", b""),
        ("x.jpg", b"\xff\xd8\xff" + b"x" * (10 * 1024 * 1024 + 5)),
    ],
    ids=["svg", "broken", "empty", "none", "large"],
)
def test_a_file_that_is_refused_says_why_and_keeps_what_was_typed(
    applicant: Applicant, rules: ApplicationRules, name: str, content: bytes
) -> None:
    applicant.begin()
    applicant.fill(rules.kinds["elderly"], until="files")
    applicant.press("attach")
    page = applicant.attach(name, content)
    assert page.status == 422
    page.one("p", id="file-error")
    assert applicant.held["wants"] == [WANTS]


def test_a_file_far_too_large_says_so_and_where_the_rest_is(applicant: Applicant, rules: ApplicationRules) -> None:
    applicant.begin()
    applicant.fill(rules.kinds["elderly"], until="files")
    applicant.press("attach")
    page = applicant.attach("x.jpg", b"x" * (25 * 1024 * 1024))
    assert page.status == 413
    assert page.all("a", href="/sv/lekeberg/my-application")


def test_drafts_and_files_are_slowed_and_nothing_typed_is_lost(
    town: Town, applicant: Applicant, rules: ApplicationRules
) -> None:
    applicant.begin()
    applicant.fill(rules.kinds["elderly"])
    held = applicant.held
    statuses = [town.visitor.post(applicant.address, data={**held, "do": "pause"}).status for _ in range(DRAFTS + 1)]
    assert statuses == [201] * DRAFTS + [429]
    applicant.press("pause")
    assert applicant.held["wants"] == [WANTS]
    assert applicant.press("send").status == 201
    town.time.passes(minutes=1)
    applicant.begin()
    assert applicant.press("pause").status == 201


# ------------------------------------------------------------------------------------------------- from the self-check


def test_by_default_nothing_comes_along_and_by_choice_it_is_filled_in_to_be_seen_and_changed(
    town: Town, catalogue: Catalogue, rules: ApplicationRules
) -> None:
    answers = {"topics": ["money", "housing"], "for": "me", "age": "35", "born_abroad": "no"}
    applicant = Applicant(town.visitor, "housing")
    applicant.begin(age="35")
    assert "wants" not in applicant.held
    applicant.page = town.visitor.post(applicant.address, data={**answers, "bring": "1"})
    held = applicant.held
    assert (held["for_whom"], held["age"], held["language"]) == (["self"], ["35"], ["sv"])
    assert town.visitor.client.get("/").status_code == 200
    told = "Vi har fyllt i dina svar från frågorna. Ändra om något är fel."
    chosen = [one.get("value") for one in applicant.seen.all("input", type="radio") if one.get("checked") is not None]
    assert (chosen, told in applicant.seen.text) == (["self"], True)
    applicant.press()
    assert (applicant.seen.one("input", id="age").get("value"), told in applicant.seen.text) == ("35", True)
    applicant.press(name="Ros")
    assert told not in applicant.seen.text, "nothing of this step was filled in"
    applicant.press("back")
    names = [catalogue.topics[topic].name.text for topic in answers["topics"]]
    assert all(name in held["wants"][0] for name in names)
    applicant.fill(rules.kinds["housing"], wants=held["wants"])
    applicant.press("change.who")
    assert applicant.seen.all("input", type="radio", name="for_whom")


def test_the_result_offers_to_bring_the_answers_along(town: Town) -> None:
    answers = {"topics": "money", "age": "35", "residence": "registered", "for": "me", "children": "none"}
    page = town.visitor.post("/sv/lekeberg/self-check", data={**answers, "money": "", "born_abroad": ""})
    (button, *_) = page.all("button", name="bring")
    assert button.get("form") == "check"
    links = [link.get("href") for link in page.one("main").iter("a")]
    assert button.get("formaction") in links


def test_an_insats_is_named_in_the_application(town: Town, applicant: Applicant, rules: ApplicationRules) -> None:
    page = town.visitor.get("/sv/lekeberg/apply/elderly?insats=hemtjanst")
    assert page.one("input", name="insats").get("value") == "hemtjanst"
    applicant.begin(insats="hemtjanst")
    applicant.fill(rules.kinds["elderly"])
    assert "Ansökan gäller:" in applicant.seen.text
    found = copy_for_print(town.storage, code_on(applicant.press("send")), TUESDAY)
    assert found.form.insats == "hemtjanst"


@pytest.mark.parametrize(("path", "pressed"), [("", "remove.x"), ("", "attach"), ("/file", "")])
def test_a_kind_without_files_has_no_page_for_them(town: Town, path: str, pressed: str) -> None:
    answer = town.visitor.post(f"/sv/lekeberg/apply/family-counselling{path}", data={"do": pressed})
    assert answer.status == 404


@pytest.mark.parametrize("state", ["sent", "withdrawn", "closed"])
def test_a_file_for_what_is_sent_from_another_page_is_told_so(town: Town, state: str) -> None:
    data = multipart({"code": CODES[state]}, "a.png", picture())
    answer = town.visitor.post("/sv/lekeberg/apply/elderly/file", **data)
    assert answer.status < 500


@pytest.mark.parametrize(("lang", "chosen"), [("sv", ""), ("sv-simple", ""), ("ti", "ti"), ("so", "so")])
def test_an_interpreter_follows_the_language_of_the_page_and_can_be_taken_away(
    town: Town, lang: str, chosen: str
) -> None:
    applicant = Applicant(town.visitor, "elderly", lang)
    applicant.begin()
    applicant.press(for_whom="self")
    applicant.press(name="Ros")
    applicant.press(ways=["code"])
    assert applicant.held["interpreter"] == [chosen]
    applicant.press(interpreter="")
    applicant.press("back")
    assert applicant.held["interpreter"] == [""]


def test_a_receipt_says_to_call_today_where_it_cannot_wait(town: Town, rules: ApplicationRules) -> None:
    for filled, calls in (
        ({"facts.urgent": "no"}, False),
        ({"facts.urgent": "yes"}, True),
        ({"facts.now": "no_food"}, True),
    ):
        applicant = Applicant(town.visitor, "financial")
        applicant.begin()
        applicant.fill(rules.kinds["financial"], "wants")
        facts = {**answers_for(rules.kinds["financial"]), **filled}
        applicant.press(
            **{name.replace(".", "__"): value for name, value in facts.items() if "." in name or name == "wants"}
        )
        assert applicant.seen.status == 200, applicant.seen.text
        if "at_stop" in applicant.held:
            applicant.press("go_on")
        applicant.fill(rules.kinds["financial"], **filled)
        page = applicant.press("send")
        assert page.status == 201
        assert bool(page.all("h2", id="today-title")) is calls, filled
        after = next(one for one in page.all("li") if "kräva" in "".join(one.itertext()))
        assert "".join(after.itertext()).startswith("Efter den "), "no day by which she must do something"


def test_lines_about_violence_stand_only_where_it_is_about_violence(town: Town, rules: ApplicationRules) -> None:
    for kind in rules.kinds.values():
        applicant = Applicant(town.visitor, kind.id, "ti")
        applicant.begin()
        boxes = applicant.seen.all("p", class_="short")
        told = " ".join("".join(box.itertext()) for box in boxes)
        assert len(boxes) <= 1
        assert ("Kvinnofridslinjen" in told) == (kind.id in ("violence", "family-counselling"))
        assert "SOS Alarm" not in told, "112 stands at the head of the page"
        for box in boxes:
            assert len(box.findall("span")) <= 2
