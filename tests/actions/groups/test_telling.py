"""Who is told what after a decision."""

from dataclasses import replace

from portal.actions.groups.leading import cancel_group
from portal.actions.groups.places import withdraw
from portal.actions.groups.signing_up import sign_up
from portal.actions.groups.telling import address_of, code_to_mail, step_of, when_of
from portal.domain.groups.deciding import Decision
from portal.domain.groups.sign_ups import SignUp, State
from portal.domain.people.letters import Letter
from portal.domain.references import read_code
from portal.store.groups.codes import code_hashes
from portal.store.groups.details import seal_details
from portal.store.groups.lines import Person, read_line
from portal.store.storage import Storage
from tests.made_up_groups import FIRST, LEADER, NOW, published, request
from tests.written import mails


def test_only_who_gave_an_email_has_an_address(storage: Storage) -> None:
    sealed = seal_details(storage.vault, "a1b2", request().details)
    assert address_of(storage, "a1b2", Person("sv", sealed)) == "exempel1@example.se"
    assert address_of(storage, "a1b2", Person("sv", None)) is None


def test_a_mailed_code_is_kept_as_its_hash(storage: Storage) -> None:
    codes: dict[str, str] = {}
    code = code_to_mail(storage, "a1b2", codes)
    assert read_code(code) == code
    assert codes == {code_hashes(storage, code)[0]: "a1b2"}


def test_a_time_is_said_by_the_clock_in_sweden() -> None:
    assert when_of(FIRST) == {"day": "2027-01-12", "time": "18:00"}


def test_a_decision_that_moves_nobody_tells_nobody(storage: Storage) -> None:
    group = published(storage)
    with storage.database.reading() as connection:
        line = read_line(connection, group.id)
        held = SignUp("a1b2", State.HELD, 1, 1, FIRST, "a form")
        step = step_of(storage, connection, line, Decision((held,), held))
    assert (step.mails, dict(step.codes), step.told) == ((), {}, ())


def test_each_is_told_in_her_own_language(storage: Storage) -> None:
    group = published(storage, capacity=1)
    receipts = [sign_up(storage, group.id, request(lang, lang=lang), NOW) for lang in ("sv", "ar", "ti")]
    withdraw(storage, receipts[0].code, NOW)
    told = {(mail.letter, mail.lang) for mail in mails(storage)}
    assert told == {
        (Letter.PLACED, "sv"),
        (Letter.WAITING, "ar"),
        (Letter.WAITING, "ti"),
        (Letter.WITHDRAWN, "sv"),
        (Letter.OFFERED, "ar"),
    }


def test_who_gave_no_email_keeps_nobody_else_from_being_told(storage: Storage) -> None:
    group = published(storage)
    asked = request(2)
    by_phone = replace(asked, details=replace(asked.details, email="", phone="070-174 06 05"))
    for each in (request(1), by_phone, request(3)):
        sign_up(storage, group.id, each, NOW)
    cancel_group(storage, LEADER, group.id, NOW)
    told = [mail.to for mail in mails(storage) if mail.letter is Letter.GROUP_CANCELLED]
    assert sorted(told) == ["exempel1@example.se", "exempel3@example.se"]
