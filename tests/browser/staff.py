"""The staff room in a browser: a portal of its own with sample groups, and somebody who has come in."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from passlib.totp import TOTP
from playwright.sync_api import Page

from portal.actions.applications import handling
from portal.actions.applications.attachments import add_file
from portal.actions.applications.inbox import open_application
from portal.actions.applications.units import give_units
from portal.actions.groups import leading
from portal.actions.groups.samples import load_samples
from portal.actions.groups.signing_up import sign_up, wish
from portal.actions.staff.accounts import COMMAND_LINE, add_staff
from portal.domain.applications.handling import Handler
from portal.domain.audit import Actor
from portal.domain.counting.periods import tertial
from portal.domain.groups.details import Details, Request
from portal.domain.groups.planning import Draft, Group
from portal.domain.staff.roles import Role
from portal.store import schema
from portal.store.groups.programmes import load_programmes
from portal.store.loading import load_catalogue, load_knowledge
from portal.store.staff.accounts import save_fields, seal_secret
from portal.store.storage import Storage, open_storage
from tests.browser.serving import served
from tests.browser.states import State
from tests.conftest import TUESDAY
from tests.groups import KEY
from tests.made_up_applicants import id_of, picture, sent
from tests.made_up_counts import fill
from tests.made_up_staff import PASSWORD, hashed

EMAIL = "lea@example.se"
ALL = (Role.LEADER, Role.CASE_WORKER, Role.EDITOR, Role.STATISTICS, Role.ADMINISTRATOR)
BY = Actor("made", "lekeberg")
WEEK, HOUR = timedelta(weeks=1), timedelta(hours=1)
COUNTED = tertial(2026, 2)


@dataclass
class StaffPortal:
    """A running portal with somebody of the staff: her app for codes, what it remembers with, and what is in it."""

    address: str
    storage: Storage
    totp: TOTP
    staff_id: str
    colleague_id: str
    code: str
    group: Group
    draft: Group
    sign_up_id: str
    applications: Mapping[str, str]

    def sign_in(self, page: Page, lang: str = "sv") -> None:
        """Come in by password and code, as somebody who reads that language."""
        with self.storage.database.transaction() as connection:
            # The clock of this portal stands still, so the same code is right again and again.
            save_fields(connection, self.staff_id, totp_counter=None, lang=lang)
        page.goto("/staff/sign-in")
        page.locator("#email").fill(EMAIL)
        page.locator("#password").fill(PASSWORD)
        page.locator("main button").click()
        page.locator("#code").fill(str(self.totp.generate(time=TUESDAY.timestamp()).token))
        page.locator("main button").click()
        page.locator(".rooms").wait_for()


@contextmanager
def staff_portal(folder: Path) -> Iterator[StaffPortal]:
    """Serve a portal with sample groups, some sign-ups and staff."""
    empty = folder / "empty.sqlite"
    made = open_storage(f"sqlite:///{empty}", [KEY])
    schema.upgrade(made.database)
    made.close()
    with served(folder, empty) as server:
        storage = open_storage(f"sqlite:///{folder / 'portal.sqlite'}", [KEY])
        fill(storage, period=COUNTED)
        load_samples(storage, load_catalogue().kommuner.values(), load_programmes(), TUESDAY)
        totp = TOTP.new()
        staff, _ = add_staff(storage, COMMAND_LINE, EMAIL, ALL, "lekeberg", TUESDAY)
        roles = [Role.EDITOR, Role.CASE_WORKER]
        colleague, code = add_staff(storage, COMMAND_LINE, "ola@example.se", roles, "lekeberg", TUESDAY)
        with storage.database.transaction() as connection:
            sealed = seal_secret(storage.vault, staff.id, totp.to_dict())
            save_fields(connection, staff.id, password=hashed(), sealed=sealed, invitation=None)
        group, draft, sign_up_id = _groups(storage)
        give_units(storage, BY, staff.id, ("elderly", "family_counselling"), TUESDAY)
        made = _applications(storage, staff.id)
        yield StaffPortal(server.address, storage, totp, staff.id, colleague.id, code, group, draft, sign_up_id, made)
        storage.close()


def _groups(storage: Storage) -> tuple[Group, Group, str]:
    seen = leading.list_groups(storage, BY, TUESDAY)
    group = next(one.group for one in seen if one.group.terms.is_open_at(TUESDAY) and one.left > 5)
    for who in range(4):
        details = Details(
            nickname=f"Exempel {who}",
            email=f"exempel{who}@example.se",
            phone=f"070-174 06 0{5 + who}",
            interpreter="ti" if who else "",
            child_minding=who == 1,
            needs=("step_free",) if who == 2 else (),
        )
        request = Request(f"a form of the browser {who}", details, "sv", "advice", seats=1 + who % 2)
        sign_up(storage, group.id, request, TUESDAY)
    for number in range(6):
        wish(storage, "lekeberg", "abc-3-12", "ti", "evening", f"a wish {number}", TUESDAY)
    values = {one.name: getattr(group, one.name) for one in fields(Draft)}
    # Its first meeting has been, so that one can count who came.
    first_of_all = replace(group.sessions[0], starts_at=TUESDAY - WEEK, ends_at=TUESDAY - WEEK + HOUR)
    changes = {"name": "Ett utkast", "sessions": (first_of_all, *group.sessions[1:])}
    draft = leading.create_group(storage, BY, Draft(**values | changes), TUESDAY)
    (first, *_) = leading.list_sign_ups(storage, BY, group.id, TUESDAY)
    return group, draft, first.sign_up.id


def _applications(storage: Storage, staff_id: str) -> dict[str, str]:
    """Return the ids of applications by what has happened to them; one unit has some that nobody handles."""
    rules = load_knowledge().applications
    by = Handler(staff_id, "lekeberg", frozenset({"elderly"}), is_case_worker=True)
    long = "Jag behöver hjälp hemma varje dag.\n\nأحتاج مساعدة في البيت"
    changes: dict[str, dict[str, Any]] = {"new": {}, "open": {"is_protected": True}, "ended": {"number": ""}}
    receipts = {name: sent(storage, rules, name, wants=long, **changed) for name, changed in changes.items()}
    sent(storage, rules, "family", kind="family-counselling")
    sent(storage, rules, "child", kind="child-and-family", for_whom="child", other_name="Liv", age=13)
    found = {name: id_of(storage, rules, receipt, by) for name, receipt in receipts.items()}
    add_file(storage, rules, receipts["open"].code, "Ett brev från kassan.png", picture(), TUESDAY)
    for name in ("open", "ended"):
        open_application(storage, rules, by, found[name], TUESDAY)
    handling.take_in_hand(storage, by, found["open"], TUESDAY)
    handling.note(storage, by, found["open"], "Ringde, inget svar.", TUESDAY)
    handling.ask_for_more(storage, rules, by, found["open"], ["name", "time"], "مرحبا", TUESDAY)
    handling.close(storage, by, found["ended"], TUESDAY, in_sample=False)
    return found


def states(portal: StaffPortal) -> tuple[State, ...]:
    """Return every page of the room in every state; a path comes after /staff."""
    group, draft = f"/groups/{portal.group.id}", f"/groups/{portal.draft.id}"
    wrong_group = (("name", ""), ("day-1", "x"), ("capacity", "x"), ("contact", ""), ("offer_hours", ""))
    return (
        State("the first page", ""),
        *_application_states(portal.applications),
        State("the groups", "/groups"),
        State("a new group", "/groups/new"),
        State("mistakes in a new group", "/groups/new", (("template", ""),), status=422),
        State("one group", group),
        State("a draft", draft),
        State("showing a draft to all", f"{draft}/publish"),
        State("changing a group", f"{group}/edit"),
        State("mistakes in a change", f"{group}/edit", wrong_group, status=422),
        State("who has signed up", f"{group}/sign-ups"),
        State("one who has signed up", f"{group}/sign-ups/{portal.sign_up_id}"),
        State("a move to nowhere", f"{group}/sign-ups/{portal.sign_up_id}/move", (("to", ""),), status=422),
        State("cancelling a meeting", f"{group}/sessions/{portal.group.sessions[0].id}/cancel"),
        State("cancelling a group", f"{group}/cancel"),
        State("attendance", f"{draft}/sessions/{portal.draft.sessions[0].id}/attendance"),
        State(
            "mistakes in attendance",
            f"{draft}/sessions/{portal.draft.sessions[0].id}/attendance",
            (("came-0-12-man", "x"),),
            status=422,
        ),
        State("writing to all", f"{group}/message"),
        State("writing nothing to all", f"{group}/message", (("message", ""),), status=422),
        State("the wishes", "/wishes"),
        State("the statistics of a tertial that is not over", "/statistics"),
        State("the statistics of one that is", f"/statistics?period={COUNTED.id}"),
        State("the contacts", "/contacts"),
        State("one contact", "/contacts/kontaktcenter"),
        State("mistakes in a contact", "/contacts/kontaktcenter", (("unit", ""), ("opens-mon-1", "x")), status=422),
        State("mistakes in a closure", "/contacts/kontaktcenter/close", (("first_on", ""),), status=422),
        State("the reports", "/translations"),
        State("the survey", "/survey"),
        State("what is to be checked of the survey", "/survey?show=doubtful"),
        State("a part of the survey", "/survey/barn-och-unga"),
        State(
            "mistakes in the survey",
            "/survey/vald-boende-utovare",
            (("answer-tillfalligt-boende-valdsutovare", "x"),),
            status=422,
        ),
        State("a part with nothing left", "/survey/aldre-hemma?show=unanswered"),
        State("who counts visits", "/visits?unit=nowhere"),
        State("counting visits", "/visits?unit=familjecentralen"),
        State("the staff", "/people"),
        State("mistakes in somebody new", "/people", (("email", "x"),), status=422),
        State("one of the staff", f"/people/{portal.colleague_id}"),
        State("oneself", f"/people/{portal.staff_id}"),
        State("a code to hand over", f"/people/{portal.colleague_id}/reset", ()),
        State("the trail", "/trail"),
        State("one's account", "/account"),
        State("mistakes in a password", "/account/password", (("old", "x"),), status=422),
        State("one's passkeys", "/passkeys"),
        State("one's recovery codes", "/recovery-codes"),
        State("new recovery codes", "/recovery-codes", ()),
        State("another app", "/second-factor"),
        State("the key of another app", "/second-factor", (("setup", "authenticator"),)),
        State("no such page", "/nothing", status=404),
    )


def _application_states(found: Mapping[str, str]) -> tuple[State, ...]:
    one, new, ended = (f"/applications/{found[name]}" for name in ("open", "new", "ended"))
    elsewhere = (("unit", "elderly"), ("kommun", "mellerud"))
    return (
        State("the inbox", "/applications"),
        State("the inbox of a unit", "/applications?unit=elderly"),
        State("the door of family counselling", "/applications/family-counselling"),
        State("what has ended", "/applications/ended"),
        State("an empty list", "/applications/ended?unit=family_counselling"),
        State("a search that finds", "/applications/search", (("typed", "Vipansson"),)),
        State("a search that finds nothing", "/applications/search", (("typed", "qqqq"),)),
        State("a search for nothing", "/applications/search", (("typed", ""),), status=422),
        State("an application in hand", one),
        State("an application that has ended", ended),
        State("an empty note", f"{one}/note", (("text", ""),), status=422),
        State("asking for more", f"{one}/ask"),
        State("asking for nothing", f"{one}/ask", (("text", ""),), status=422),
        State("forwarding", f"{one}/forward"),
        State("forwarding to nowhere", f"{one}/forward", (("unit", ""),), status=422),
        State("forwarding without a yes", f"{one}/forward", elsewhere, status=422),
        State("closing", f"{one}/close"),
        State("closing what has ended", f"{ended}/close", (), status=422),
        State("deleting", f"{ended}/delete"),
        State("deleting too early", f"{ended}/delete", (), status=422),
        State("a new application", new),
        State("what was deleted", "/deletions"),
    )


WAY_IN = (
    State("signing in", "/sign-in"),
    State("a wrong password", "/sign-in", (("email", "x@example.se"), ("password", "fel")), status=422),
    State("choosing a password", "/welcome"),
    State("a wrong code", "/welcome", (("code", "x"),), status=422),
)
"""The pages for somebody who is not in yet."""
