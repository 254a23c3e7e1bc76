"""Who may fetch which page of the staff room: every route, tried as every role of this kommun and of another."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

import pytest
from werkzeug.routing import Rule

from portal.actions.applications.attachments import add_file
from portal.actions.applications.inbox import open_application
from portal.actions.applications.units import give_units
from portal.actions.catalogue.notices import close_contact
from portal.actions.groups import leading
from portal.actions.groups.signing_up import sign_up
from portal.actions.staff.approvals import list_waiting, reset
from portal.domain.applications.kinds import UNITS
from portal.domain.audit import Actor
from portal.domain.staff.roles import EVERYWHERE, MAY, Deed, Role
from portal.store.groups.planning import get_group
from portal.store.groups.sign_ups import list_of_group
from portal.store.staff.accounts import list_staff
from portal.web.staff.access import SIGNING_IN
from tests.domain.made_up import draft, request, sessions
from tests.house.test_how_to_add import CLOSED, STAFF
from tests.made_up_applicants import WORKER, id_of, picture, sent
from tests.made_up_staff import Member, Room

OWN, OTHER = "lekeberg", "mellerud"
CONTACT = "budgetradgivaren"
"""One that only Lekeberg has."""

DEED_OF = {route: deed for deed, routes in STAFF.items() for route in routes}


def rules(room: Room) -> list[tuple[str, Rule]]:
    """Return every route of the room with its method, but those on the way in."""
    found = room.app.extensions["staff"].app.url_map.iter_rules()
    return [
        (method, rule)
        for rule in found
        if rule.endpoint not in SIGNING_IN and not (rule.endpoint.startswith("security."))
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


@dataclass
class Made:
    """Something of Lekeberg that a page can be about; made anew for each page, because pages change it."""

    room: Room
    applications: int = 0

    def values(self, rule: Rule) -> Mapping[str, str | int]:
        """Return what fills the gaps of an address."""
        found: dict[str, str | int] = {"contact_id": CONTACT, "number": 1, "part_id": "aldre-hemma"}
        if "group_id" in rule.arguments:
            found |= self._group(is_draft=rule.endpoint in ("staff.publish_group", "staff.ask_to_publish"))
        if "staff_id" in rule.arguments:
            number = len(list_staff(self.room.storage, None))
            found["staff_id"] = self.room.add(Role.LEADER, email=f"{number}@example.se")[0].id
        if "application_id" in rule.arguments:
            found |= self._application(has_file="file_id" in rule.arguments)
        if "closure_id" in rule.arguments:
            found["closure_id"] = self._closure()
        if "proposal_id" in rule.arguments:
            found["proposal_id"] = self._proposal()
        return {name: found[name] for name in rule.arguments}

    def _group(self, *, is_draft: bool) -> dict[str, str]:
        storage, now, by = self.room.storage, self.room.clock.now, Actor("made", OWN)
        first = now + timedelta(days=10)
        made = draft(fewest=None, contact=CONTACT, sessions=sessions(first))
        group = leading.create_group(storage, by, made, now)
        if is_draft:
            return {"group_id": group.id, "sign_up_id": "nobody", "session_id": group.sessions[0].id}
        leading.publish_group(storage, by, group.id, now)
        sign_up(storage, group.id, request(f"form-{group.id}"), now)
        with storage.database.reading() as connection:
            (kept,) = list_of_group(connection, group.id)
            assert get_group(connection, group.id).kommun == OWN
        return {"group_id": group.id, "sign_up_id": kept.sign_up.id, "session_id": group.sessions[0].id}

    def _application(self, *, has_file: bool) -> dict[str, str]:
        storage, now = self.room.storage, self.room.clock.now
        rules = self.room.app.extensions["pages"].portal.knowledge.applications
        self.applications += 1
        receipt = sent(storage, rules, f"{self.applications} {now}")
        found = {"application_id": id_of(storage, rules, receipt)}
        open_application(storage, rules, WORKER, found["application_id"], now)
        if has_file:
            found["file_id"] = add_file(storage, rules, receipt.code, "brev.png", picture(), now).id
        return found

    def _proposal(self) -> str:
        now, number = self.room.clock.now, len(list_staff(self.room.storage, None))
        by = self.room.add(Role.ADMINISTRATOR, kommun=OWN, email=f"admin-{number}@example.se")[0]
        other = self.room.add(Role.LEADER, kommun=OWN, email=f"leader-{number}@example.se")[0]
        reset(self.room.storage, by, other.id, now, is_mailed=False)
        return next(one.id for one in list_waiting(self.room.storage, by, now) if one.email == other.email)

    def _closure(self) -> str:
        kommun = self.room.app.extensions["pages"].portal.catalogue.kommuner[OWN]
        now = self.room.clock.now
        return close_contact(
            self.room.storage, Actor("made", OWN), kommun, CONTACT, now.date(), now.date(), "Flytt", now
        ).id


def statuses(member: Member, made: Made, room: Room) -> Iterator[tuple[str, Deed, bool, int, str | None]]:
    """Yield every route with its deed, whether it names something of Lekeberg (SKR's list is none), and its answer."""
    adapter = room.app.extensions["staff"].app.url_map.bind("localhost")
    for method, rule in rules(room):
        path = adapter.build(rule.endpoint, dict(made.values(rule)), method=method)
        data = {"csrf_token": member.token} if method == "POST" else None
        answer = member.client.open(path, method=method, data=data)
        route = f"{method} {rule.rule}"
        yield route, DEED_OF[route], bool(rule.arguments - {"part_id"}), answer.status_code, answer.location


def handle(member: Member, kommun: str, units: Iterable[str]) -> None:
    """Let somebody handle the applications of units."""
    give_units(member.room.storage, Actor("made", kommun), member.staff_id, list(units), member.room.clock.now)


@pytest.mark.parametrize("role", list(Role))
def test_a_role_reaches_the_pages_of_its_deeds_in_its_kommun(room: Room, role: Role) -> None:
    member = room.sign_in(role, kommun=OWN)
    handle(member, OWN, UNITS)
    for route, deed, _, status, location in statuses(member, Made(room), room):
        if deed in MAY[role]:
            # A meeting that has not begun has nobody to count; a paper that is being made is told so.
            assert status in ((404, 409) if route.endswith("/attendance") else (200, 202, 303, 422)), route
            assert location is None or "sign-in" not in location or "password" in route, route
        else:
            assert status == 403, route


@pytest.mark.parametrize("role", list(Role))
def test_a_role_of_another_kommun_reaches_nothing_of_this_one(room: Room, role: Role) -> None:
    member = room.sign_in(role, kommun=OTHER)
    handle(member, OTHER, UNITS)
    for route, deed, is_of_lekeberg, status, _ in statuses(member, Made(room), room):
        if deed not in MAY[role]:
            assert status == 403, route
        else:
            assert status == 404 if is_of_lekeberg else status in (200, 303, 422), (route, status)


def test_a_case_worker_of_another_unit_reaches_no_application(room: Room) -> None:
    member = room.sign_in(Role.CASE_WORKER, kommun=OWN)
    handle(member, OWN, set(UNITS) - {"elderly"})
    tried = [
        (route, status) for route, _, _, status, _ in statuses(member, Made(room), room) if "<application_id>" in route
    ]
    assert len(tried) > 15
    assert [route for route, status in tried if status != 404] == []


def test_the_door_is_closed_for_who_does_not_have_its_unit(room: Room) -> None:
    member = room.sign_in(Role.CASE_WORKER, kommun=OWN)
    handle(member, OWN, set(UNITS) - {"family_counselling"})
    assert member.get("/applications/family-counselling").status == 404
    assert member.get("/applications?unit=family_counselling").status == 404
    assert member.get("/applications/ended?unit=family_counselling").status == 404
    member.get("/applications")
    assert member.post("/applications/search", {"typed": "x", "door": "family_counselling"}).status == 404


def test_an_administrator_of_the_portal_reaches_the_staff_and_the_trail_of_all(room: Room) -> None:
    member = room.sign_in(Role.ADMINISTRATOR, kommun=None)
    for route, deed, _, status, _ in statuses(member, Made(room), room):
        assert (status != 403) is (deed in EVERYWHERE), route
        assert status in (200, 303, 403, 422), route


def test_nobody_reaches_anything_without_signing_in(room: Room) -> None:
    member = room.visitor()
    member.get("/sign-in")
    for route, _, _, status, location in statuses(member, Made(room), room):
        assert (status, location) == (303, "/staff/sign-in"), route


def test_a_password_alone_reaches_nothing(room: Room) -> None:
    known = room.sign_in(Role.LEADER, Role.EDITOR, Role.ADMINISTRATOR)
    half = room.visitor()
    half.get("/sign-in")
    half.post("/sign-in", {"email": known.email, "password": "fyra gula hästar sover"})
    for route, _, _, status, location in statuses(half, Made(room), room):
        assert (status, location) == (303, "/staff/sign-in"), route


def test_what_a_form_names_of_another_kommun_is_not_there(room: Room) -> None:
    made = Made(room)
    member = room.sign_in(Role.LEADER, kommun=OWN)
    first, second = (made._group(is_draft=False) for _ in range(2))
    # A sign-up of another group than the address says, and a group of another kommun to move it to.
    assert member.get(f"/groups/{first['group_id']}/sign-ups/{second['sign_up_id']}").status == 404
    by = Actor("made", OTHER)
    now = room.clock.now
    theirs = leading.create_group(room.storage, by, draft(fewest=None, sessions=sessions(now + timedelta(days=9))), now)
    leading.publish_group(room.storage, by, theirs.id, now)
    page = member.get(f"/groups/{first['group_id']}/sign-ups/{first['sign_up_id']}")
    assert theirs.id not in page.response.text
    answer = member.post(f"/groups/{first['group_id']}/sign-ups/{first['sign_up_id']}/move", {"to": theirs.id})
    assert (answer.status, "Den gruppen finns inte." in answer.text) == (422, True)


@pytest.mark.parametrize("route", sorted(CLOSED))
def test_what_flask_security_brings_along_is_closed(room: Room, route: str) -> None:
    method, path = route.split()
    for member in (room.visitor(), room.sign_in(Role.ADMINISTRATOR)):
        member.get("/sign-in")
        answer = member.client.open(path, method=method, data={"csrf_token": member.token})
        assert answer.status_code in (302, 303, 404), route
        assert (answer.location or "").startswith("/staff") or answer.status_code == 404
