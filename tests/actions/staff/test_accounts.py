"""What administrators do with the staff, on both databases: one code, one use, and all of it in the trail."""

from datetime import timedelta

import pytest

from portal.actions.staff import accounts as deeds
from portal.domain.people.letters import Letter
from portal.domain.refusals import AlreadyStaff, BadStaff, NoSuchInvitation, NoSuchStaff, NotOneself
from portal.domain.staff.invitations import HOLDS_FOR
from portal.domain.staff.roles import Role, Staff
from portal.store.audit import list_events
from portal.store.staff.accounts import Account, find_account
from portal.store.storage import Storage
from tests.domain.made_up import NOW
from tests.written import mails

LEA = "lea@example.se"


def invite(storage: Storage, email: str = LEA, *roles: Role, kommun: str | None = "solbacka") -> tuple[Staff, str]:
    """Return somebody who is invited, and her code."""
    return deeds.add_staff(storage, deeds.COMMAND_LINE, email, roles or (Role.LEADER,), kommun, NOW)


@pytest.fixture
def administrator(storage: Storage) -> Staff:
    """Return who runs the staff of Solbacka."""
    return invite(storage, "adm@example.se", Role.ADMINISTRATOR)[0]


def trail(storage: Storage, kommun: str | None = "solbacka") -> list[tuple[str, str]]:
    """Return who did what, the first deed first."""
    return [(event.by, event.did) for event in reversed(list_events(storage, kommun))]


def account(storage: Storage, staff_id: str) -> Account:
    """Return the account with what it signs in with."""
    with storage.database.reading() as connection:
        found = find_account(connection, id=staff_id)
    assert found is not None
    return found


def test_an_invited_member_of_staff_chooses_her_password_once(storage: Storage) -> None:
    lea, code = invite(storage)
    assert (lea.email, lea.roles, lea.kommun) == (LEA, (Role.LEADER,), "solbacka")
    assert not lea.has_password
    assert deeds.find_invited_staff(storage, f" {code.lower().replace('-', ' ')}", NOW).id == lea.id
    found = deeds.set_password(storage, code, "hash", NOW)
    assert found.id == lea.id
    for used in (code, code.lower()):
        with pytest.raises(NoSuchInvitation):
            deeds.set_password(storage, used, "another", NOW)
    assert account(storage, lea.id).password in {"hash"}
    assert trail(storage) == [(deeds.COMMAND_LINE, "add_staff"), (lea.id, "set_password")]


@pytest.mark.parametrize("code", ["", "AAA", "222-222-222-222", "x" * 500])
def test_a_wrong_code_opens_nothing(storage: Storage, code: str) -> None:
    invite(storage)
    with pytest.raises(NoSuchInvitation):
        deeds.find_invited_staff(storage, code, NOW)


def test_a_code_ends(storage: Storage) -> None:
    _, code = invite(storage)
    deeds.find_invited_staff(storage, code, NOW + HOLDS_FOR - timedelta(seconds=1))
    with pytest.raises(NoSuchInvitation):
        deeds.set_password(storage, code, "hash", NOW + HOLDS_FOR)


@pytest.mark.parametrize(
    ("email", "roles", "kommun", "fields"),
    [
        ("", (Role.LEADER,), "solbacka", ("email",)),
        ("lea", (Role.LEADER,), "solbacka", ("email",)),
        (LEA, (), "solbacka", ("roles",)),
        (LEA, (Role.LEADER,), None, ("roles",)),
    ],
)
def test_who_cannot_be_staff_is_told_why(
    storage: Storage, email: str, roles: tuple[Role, ...], kommun: str | None, fields: tuple[str, ...]
) -> None:
    with pytest.raises(BadStaff) as refusal:
        deeds.add_staff(storage, deeds.COMMAND_LINE, email, roles, kommun, NOW)
    assert refusal.value.fields == fields
    assert trail(storage, None) == []


@pytest.mark.parametrize("kommun", ["solbacka", "granby", None])
def test_an_e_mail_has_one_account(storage: Storage, kommun: str | None) -> None:
    invite(storage)
    with pytest.raises(AlreadyStaff):
        invite(storage, LEA.upper(), Role.ADMINISTRATOR, kommun=kommun)


def test_who_has_ended_can_begin_anew_in_the_same_kommun(storage: Storage, administrator: Staff) -> None:
    lea, code = invite(storage)
    deeds.end_staff(storage, administrator, lea.id, NOW)
    with pytest.raises(NoSuchInvitation):
        deeds.set_password(storage, code, "hash", NOW)
    with pytest.raises(AlreadyStaff):
        invite(storage, kommun="granby")
    again, code = invite(storage, LEA, Role.EDITOR)
    assert (again.id, again.roles, again.is_active) == (lea.id, (Role.EDITOR,), True)
    assert deeds.set_password(storage, code, "hash", NOW).id == lea.id


def test_ending_takes_away_all_she_signs_in_with(storage: Storage, administrator: Staff) -> None:
    lea, code = invite(storage)
    deeds.set_password(storage, code, "hash", NOW)
    before = account(storage, lea.id)
    deeds.end_staff(storage, administrator, lea.id, NOW)
    after = account(storage, lea.id)
    assert after.password is None
    assert not after.staff.is_active
    assert after.session_key != before.session_key
    assert trail(storage)[-1] == (administrator.id, "end_staff")


def test_a_lost_second_factor_takes_the_password_with_it(storage: Storage, administrator: Staff) -> None:
    lea, code = invite(storage)
    deeds.set_password(storage, code, "hash", NOW)
    new = deeds.reset_second_factor(storage, administrator, lea.id, NOW)
    assert account(storage, lea.id).password is None
    assert deeds.find_invited_staff(storage, new, NOW).id == lea.id
    assert trail(storage)[-1] == (administrator.id, "reset_second_factor")
    deeds.end_staff(storage, administrator, lea.id, NOW)
    with pytest.raises(NoSuchStaff):
        deeds.reset_second_factor(storage, administrator, lea.id, NOW)


def test_an_administrator_changes_roles_but_not_her_own(storage: Storage, administrator: Staff) -> None:
    lea, _ = invite(storage)
    deeds.change_roles(storage, administrator, lea.id, (Role.EDITOR, Role.EDITOR, Role.LEADER), NOW, is_agreed=False)
    assert account(storage, lea.id).staff.roles == (Role.EDITOR, Role.LEADER)
    with pytest.raises(BadStaff):
        deeds.change_roles(storage, administrator, lea.id, (), NOW, is_agreed=False)
    with pytest.raises(NotOneself):
        deeds.change_roles(storage, administrator, administrator.id, (Role.LEADER,), NOW, is_agreed=False)
    with pytest.raises(NotOneself):
        deeds.end_staff(storage, administrator, administrator.id, NOW)
    with pytest.raises(NotOneself):
        deeds.reset_second_factor(storage, administrator, administrator.id, NOW)


def test_an_administrator_reaches_nobody_of_another_kommun(storage: Storage, administrator: Staff) -> None:
    ola, _ = invite(storage, "ola@example.se", kommun="granby")
    for deed in (deeds.end_staff, deeds.reset_second_factor):
        with pytest.raises(NoSuchStaff):
            deed(storage, administrator, ola.id, NOW)
    with pytest.raises(NoSuchStaff):
        deeds.change_roles(storage, administrator, ola.id, (Role.EDITOR,), NOW, is_agreed=False)
    everywhere, _ = invite(storage, "all@example.se", Role.ADMINISTRATOR, kommun=None)
    deeds.end_staff(storage, everywhere, ola.id, NOW)
    assert trail(storage, "granby")[-1] == (everywhere.id, "end_staff")


def test_every_other_administrator_who_can_sign_in_is_told_that_an_account_was_changed(
    storage: Storage, administrator: Staff
) -> None:
    def come_in(email: str, *roles: Role, kommun: str | None = "solbacka") -> Staff:
        _, code = invite(storage, email, *roles, kommun=kommun)
        return deeds.set_password(storage, code, "hash", NOW)

    come_in("other@example.se", Role.ADMINISTRATOR)
    come_in("elsewhere@example.se", Role.ADMINISTRATOR, kommun="granby")
    gone = come_in("gone@example.se", Role.ADMINISTRATOR)
    deeds.end_staff(storage, administrator, gone.id, NOW)
    invite(storage, "new@example.se", Role.ADMINISTRATOR)
    lea = come_in(LEA, Role.LEADER)
    before = len(mails(storage))
    later = NOW + timedelta(days=1)
    deeds.end_staff(storage, administrator, lea.id, later)
    told = mails(storage)[before:]
    assert {(mail.letter, mail.to) for mail in told} == {
        (Letter.STAFF_CHANGED, LEA),
        (Letter.STAFF_TOLD, "other@example.se"),
    }
    assert {mail.gaps.get("email") for mail in told if mail.letter is Letter.STAFF_TOLD} == {LEA}


def test_signing_in_is_written_and_signing_out_ends_every_session(storage: Storage) -> None:
    lea, _ = invite(storage)
    deeds.note_sign_in(storage, lea, NOW)
    assert trail(storage)[-1] == (lea.id, "sign_in")
    before = account(storage, lea.id).session_key
    deeds.sign_out(storage, lea)
    assert account(storage, lea.id).session_key != before


def test_changing_the_password_ends_every_session(storage: Storage) -> None:
    lea, _ = invite(storage)
    before = account(storage, lea.id).session_key
    deeds.change_password(storage, lea, "new", NOW)
    found = account(storage, lea.id)
    assert (found.password, found.session_key != before) == ("new", True)
    assert trail(storage)[-1] == (lea.id, "set_password")


def test_a_language_is_remembered(storage: Storage) -> None:
    lea, _ = invite(storage)
    deeds.choose_language(storage, lea, "ar")
    assert account(storage, lea.id).staff.lang == "ar"


def test_the_kommun_s_sign_in_knows_her_by_e_mail_once_and_then_by_its_own_id(storage: Storage) -> None:
    lea, _ = invite(storage)
    assert deeds.find_by_oidc(storage, "sub-1", "stranger@example.se", NOW) is None
    for email in (LEA.upper(), "renamed@example.se"):
        found = deeds.find_by_oidc(storage, "sub-1", email, NOW)
        assert found is not None
        assert found.id == lea.id
    # The address now belongs to somebody else at the provider.
    assert deeds.find_by_oidc(storage, "sub-2", LEA, NOW) is None
    assert [did for _, did in trail(storage)] == ["add_staff", "bind_oidc"]


def test_the_kommun_s_sign_in_lets_nobody_in_who_has_ended(storage: Storage, administrator: Staff) -> None:
    lea, _ = invite(storage)
    deeds.find_by_oidc(storage, "sub-1", LEA, NOW)
    deeds.end_staff(storage, administrator, lea.id, NOW)
    assert deeds.find_by_oidc(storage, "sub-1", LEA, NOW) is None
