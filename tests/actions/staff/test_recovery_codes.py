"""Recovery codes, on both databases: ten, each for one use, told of, in the trail, and gone with a reset."""

import pytest

from portal.actions.staff import accounts
from portal.actions.staff.recovery_codes import HOW_MANY, count_left, make_codes, use_code
from portal.domain.people.letters import Letter
from portal.domain.staff.roles import Role, Staff
from portal.store.audit import list_events
from portal.store.storage import Storage
from tests.domain.made_up import NOW
from tests.written import mails


@pytest.fixture
def lea(storage: Storage) -> Staff:
    """Return a member of staff."""
    return accounts.add_staff(storage, accounts.COMMAND_LINE, "lea@example.se", [Role.LEADER], "solbacka", NOW)[0]


def test_each_code_is_used_once_however_it_is_typed(storage: Storage, lea: Staff) -> None:
    codes = make_codes(storage, lea.id, NOW)
    assert len(set(codes)) == HOW_MANY == count_left(storage, lea.id)
    assert use_code(storage, lea.id, f" {codes[3].lower().replace('-', ' ')} ", NOW)
    assert not use_code(storage, lea.id, codes[3], NOW)
    assert use_code(storage, lea.id, codes[0], NOW)
    assert count_left(storage, lea.id) == HOW_MANY - 2


@pytest.mark.parametrize("typed", ["", "KX4", "\0", "x" * 5000, "222-222-222-222", "å"])
def test_what_is_no_code_uses_nothing(storage: Storage, lea: Staff, typed: str) -> None:
    make_codes(storage, lea.id, NOW)
    assert not use_code(storage, lea.id, typed, NOW)
    assert count_left(storage, lea.id) == HOW_MANY


def test_she_is_told_and_it_stands_in_the_trail(storage: Storage, lea: Staff) -> None:
    code, *_ = make_codes(storage, lea.id, NOW)
    assert use_code(storage, lea.id, code, NOW)
    told = [mail for mail in mails(storage) if mail.letter is Letter.STAFF_RECOVERY_CODE]
    assert [(mail.to, mail.lang, mail.gaps) for mail in told] == [("lea@example.se", "sv", {"left": "9"})]
    assert Letter.STAFF_CHANGED in [mail.letter for mail in mails(storage)]
    deeds = [(event.by, event.did, event.subject) for event in list_events(storage, "solbacka")]
    subject = f"staff:{lea.id}"
    assert deeds[:2] == [(lea.id, "use_recovery_code", subject), (lea.id, "make_recovery_codes", subject)]


def test_new_codes_make_the_old_worthless_and_another_s_open_nothing(storage: Storage, lea: Staff) -> None:
    ola, _ = accounts.add_staff(storage, accounts.COMMAND_LINE, "ola@example.se", [Role.LEADER], "solbacka", NOW)
    old, hers, his = (make_codes(storage, one.id, NOW) for one in (lea, lea, ola))
    assert not use_code(storage, lea.id, old[0], NOW)
    assert not use_code(storage, lea.id, his[0], NOW)
    assert use_code(storage, lea.id, hers[0], NOW)


def test_a_reset_and_an_end_take_them_away(storage: Storage, lea: Staff) -> None:
    by = Staff("adm", "adm@example.se", (Role.ADMINISTRATOR,), "solbacka")
    for deed in (accounts.reset_second_factor, accounts.end_staff):
        code, *_ = make_codes(storage, lea.id, NOW)
        deed(storage, by, lea.id, NOW)
        assert not use_code(storage, lea.id, code, NOW)
        assert count_left(storage, lea.id) == 0
