"""A leader runs her groups: from a template, published, moved, cancelled, counted, and nothing of it unasked."""

from collections import Counter
from datetime import datetime, timedelta

import pytest

from portal.actions.groups.attendance import attendance_of, take_attendance
from portal.actions.groups.signing_up import sign_up, wish
from portal.domain.audit import Actor
from portal.domain.groups.planning import Group
from portal.domain.groups.terms import GroupState
from portal.domain.groups.wishes import SHOWN_FROM
from portal.domain.people.letters import Letter
from portal.domain.staff.roles import Role
from portal.store.audit import list_events
from portal.store.groups.planning import get_group, list_of_kommun
from tests.domain.made_up import request
from tests.made_up_staff import Member, Room
from tests.pages import Page
from tests.written import letters

NEW = {"template": "abc-3-12:abc-3-12", "first_on": "2027-01-12", "first_time": "17:30", "place": "Exempelgatan 1"}


LATER = datetime.fromisoformat("2027-12-01T10:00:00+01:00")


@pytest.fixture
def leader(room: Room) -> Member:
    """Return somebody who leads groups in Lekeberg."""
    return room.sign_in(Role.LEADER)


def groups(room: Room) -> list[Group]:
    """Return every group of Lekeberg."""
    with room.storage.database.reading() as connection:
        return [seen.group for seen in list_of_kommun(connection, "lekeberg", room.clock.now)]


def created(leader: Member, **changes: str) -> Group:
    """Return a draft that a leader has made on the page."""
    leader.get("/groups/new")
    answer = leader.post("/groups/new", {**NEW, **changes})
    assert answer.status == 303, answer.text
    with leader.room.storage.database.reading() as connection:
        return get_group(connection, (answer.response.location or "").split("/")[3])


def published(leader: Member, **changes: str) -> Group:
    """Return a group that everybody sees."""
    group = created(leader, **changes)
    leader.get(f"/groups/{group.id}/publish")
    assert leader.post(f"/groups/{group.id}/publish").status == 303
    return group


def current(room: Room, group: Group) -> Group:
    """Return a group as it is now."""
    with room.storage.database.reading() as connection:
        return get_group(connection, group.id)


def form_of(page: Page) -> dict[str, object]:
    """Return what a browser would send of the sheet of a page as it is."""
    found: dict[str, object] = {}
    sheet = page.one("form", class_="sheet")
    for field in sheet.iter("input"):
        name, kind = field.get("name") or "", field.get("type")
        if kind in ("checkbox", "radio") and field.get("checked") is None:
            continue
        value = field.get("value") or ""
        found[name] = [*found[name], value] if isinstance(found.get(name), list) else (
            [found[name], value] if name in found else value
        )  # fmt: skip
    for menu in sheet.iter("select"):
        chosen = [one for one in menu.iter("option") if one.get("selected") is not None]
        found[menu.get("name") or ""] = (chosen[0].get("value") or "") if chosen else ""
    return found


# --------------------------------------------------------------------------------------------------- making a group


def test_meetings_are_typed_as_people_write_and_each_stays_itself(room: Room, leader: Member) -> None:
    group = created(leader)
    path = f"/groups/{group.id}/edit"
    first, second, third, fourth = group.sessions
    # The second goes, the first comes last in the form, one is over midnight, and one is on Ascension Day.
    form = form_of(leader.get(path))
    form |= {"day-2": "", "starts-2": "", "ends-2": "", "starts-3": "kl 22", "ends-3": "24:00", "starts-4": "9.00"}
    form |= {"day-1": "6/5 2027", "day-5": "2027-01-12", "starts-5": "9:00", "ends-5": "11"}
    assert leader.post(path, form).status == 303
    changed = current(room, group)
    assert [one.number for one in changed.sessions] == [1, 2, 3, 4]
    assert [f"{one.starts_at:%m-%d %H:%M}–{one.ends_at:%d %H:%M}" for one in changed.sessions] == [
        "01-12 09:00–12 11:00",
        "01-26 22:00–27 00:00",
        "02-02 09:00–02 20:00",
        "05-06 17:30–06 20:00",
    ]
    assert [one.id for one in changed.sessions][1:] == [third.id, fourth.id, first.id]
    assert changed.sessions[0].id not in {one.id for one in group.sessions}
    assert leader.get(f"/groups/{group.id}").text.count("Röd dag") == 1
    # A form that names a meeting of another group, or one twice, makes new ones of them.
    other = created(leader)
    form = form_of(leader.get(path)) | {"id-1": other.sessions[0].id, "id-3": third.id}
    assert leader.post(path, form).status == 303
    ids = [one.id for one in current(room, group).sessions]
    assert len(set(ids)) == 4
    assert other.sessions[0].id not in ids
    assert second.id not in ids


def test_a_meeting_that_was_counted_is_not_taken_away_unseen(room: Room, leader: Member) -> None:
    group = published(leader)
    take_attendance(room.storage, Actor("x", "lekeberg"), group.id, group.sessions[0].id, {("0-12", "man"): 1}, LATER)
    path = f"/groups/{group.id}/edit"
    form = form_of(leader.get(path)) | {"day-1": "", "starts-1": "", "ends-1": ""}
    page = leader.post(path, form)
    assert (page.status, "räknad för träffen 2027-01-12. Töm närvaron först." in page.text) == (422, True)


def test_a_group_cannot_begin_in_an_hour_that_does_not_exist(leader: Member) -> None:
    leader.get("/groups/new")
    page = leader.post("/groups/new", {**NEW, "first_on": "2027-03-28", "first_time": "2.30"})
    assert (page.status, "Klockan 02:30 finns inte den natten." in page.text) == (422, True)


def test_a_template_gives_the_meetings_and_everything_can_be_changed(room: Room, leader: Member) -> None:
    assert leader.get().response.location == "/staff/groups"
    assert "Det finns ingen grupp än." in leader.get("/groups").text
    group = created(leader)
    assert (group.state, group.programme, group.capacity) == (GroupState.DRAFT, "abc-3-12", 14)
    assert [f"{one.starts_at:%Y-%m-%d %H:%M}" for one in group.sessions] == [
        f"2027-{day} 17:30" for day in ("01-12", "01-19", "01-26", "02-02")
    ]
    page = leader.get(f"/groups/{group.id}/edit")
    assert "Ingen annan ser den än." in page.text
    form = form_of(page)
    form |= {
        "name": "ABC på kvällen",
        "capacity": "12",
        "fewest": "",
        "waiting_capacity": "6",
        "languages": ["sv", "ti"],
        "has_interpreter": "1",
        "accessibility": ["step_free", "parking"],
        "offer_policy": "at_once",
        "offer_hours": "48",
        "day-2": "2027-01-20",
        "place-2": "Biblioteket",
        "day-4": "",
        "starts-4": "",
        "ends-4": "",
    }
    answer = leader.post(f"/groups/{group.id}/edit", form)
    assert answer.response.location == f"/staff/groups/{group.id}"
    changed = current(room, group)
    assert (changed.name, changed.capacity, changed.fewest, changed.waiting_capacity) == ("ABC på kvällen", 12, None, 6)
    assert (changed.languages, changed.accessibility) == (("sv", "ti"), ("step_free", "parking"))
    assert (changed.offer_policy, changed.offer_hours, changed.has_interpreter) == ("at_once", 48, True)
    assert [one.place for one in changed.sessions] == [None, "Biblioteket", None]
    assert f"{changed.sessions[1].starts_at:%Y-%m-%d}" == "2027-01-20"
    page = leader.follow(answer)
    assert "Sparat." in page.text
    assert "tigrinska" in page.text


def test_the_form_as_it_is_changes_nothing(room: Room, leader: Member) -> None:
    group = created(leader)
    form = form_of(leader.get(f"/groups/{group.id}/edit"))
    assert leader.post(f"/groups/{group.id}/edit", form).status == 303
    assert current(room, group) == group


def test_an_insats_that_is_no_programme_has_a_template_of_its_own(room: Room) -> None:
    leader = room.sign_in(Role.LEADER, kommun="linkoping")
    page = leader.get("/groups/new")
    own = [one.get("value") or "" for one in page.all("option") if (one.get("value") or "").startswith("insats:")]
    assert own == ["insats:cpp"]
    group = created(leader, template=own[0])
    assert (group.programme, group.insats) == ("cpp", "cpp")


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"template": "x"}, ["template"]),
        ({"template": ""}, ["template"]),
        ({"first_on": "2026-11-23"}, ["first_on"]),
        ({"first_on": "i morgon"}, ["first_on"]),
        ({"first_time": "25:00"}, ["first_time"]),
        ({"place": "  "}, ["place"]),
        ({"first_on": "", "first_time": "", "place": ""}, ["first_on", "first_time", "place"]),
    ],
)
def test_what_is_wrong_of_a_new_group_is_named(
    room: Room, leader: Member, changes: dict[str, str], fields: list[str]
) -> None:
    leader.get("/groups/new")
    page = leader.post("/groups/new", {**NEW, **changes})
    assert page.status == 422
    wrong = [one.get("id") for tag in ("input", "select") for one in page.all(tag, aria_invalid="true")]
    assert sorted(map(str, wrong)) == sorted(fields)
    assert [link.get("href") for link in page.one("div", id="problems").iter("a")] == [f"#{name}" for name in fields]
    assert groups(room) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"capacity": "0"}, "capacity"),
        ({"capacity": "många"}, "capacity"),
        ({"fewest": "99"}, "fewest"),
        ({"waiting_capacity": "-1"}, "waiting_capacity"),
        ({"languages": []}, "languages"),
        ({"languages": ["sv", "ti", "ar"]}, "languages"),
        ({"place": ""}, "place"),
        ({"contact": "nobody"}, "contact"),
        ({"offer_hours": "0"}, "offer_hours"),
        ({"day-1": "2027-13-01"}, "meeting-1"),
        ({"starts-1": ""}, "meeting-1"),
        ({"ends-1": "16:00"}, "meeting-1"),
        ({"day-2": "2027-01-12"}, "meeting-2"),
        ({"day-3": "2027-03-28", "starts-3": "02:30"}, "meeting-3"),
        ({f"{part}-{row}": "" for part in ("day", "starts", "ends") for row in range(1, 5)}, "sessions"),
    ],
)
def test_what_is_wrong_of_a_change_is_named_and_what_was_typed_is_kept(
    room: Room, leader: Member, changes: dict[str, object], field: str
) -> None:
    group = created(leader)
    form = form_of(leader.get(f"/groups/{group.id}/edit")) | {"fewest": ""} | changes
    page = leader.post(f"/groups/{group.id}/edit", form)
    assert page.status == 422
    assert [link.get("href") for link in page.one("div", id="problems").iter("a")] == [f"#{field}"]
    assert page.all("span", id=f"{field}-error")
    typed = next(iter(changes.values()))
    if isinstance(typed, str) and field not in ("contact", "name"):
        assert form_of(page)[next(iter(changes))] == typed
    assert current(room, group) == group


def test_fewer_places_than_are_taken_is_refused(room: Room, leader: Member) -> None:
    group = published(leader)
    for who in range(3):
        sign_up(room.storage, group.id, request(who), room.clock.now)
    form = form_of(leader.get(f"/groups/{group.id}/edit")) | {"capacity": "2", "fewest": "1"}
    page = leader.post(f"/groups/{group.id}/edit", form)
    assert (page.status, "Fler platser är redan tagna." in page.text) == (422, True)


# ------------------------------------------------------------------------------------------- publishing, cancelling


def test_a_group_is_shown_to_all_after_a_question(room: Room, leader: Member) -> None:
    group = created(leader)
    page = leader.get(f"/groups/{group.id}/publish")
    assert page.heading() == "Visa gruppen för alla?"
    assert current(room, group).state is GroupState.DRAFT
    leader.post(f"/groups/{group.id}/publish")
    assert current(room, group).state is GroupState.PUBLISHED
    assert "14 platser kvar" in leader.get("/groups").text


def test_a_group_that_has_begun_is_not_published(room: Room, leader: Member) -> None:
    group = created(leader, first_on="2026-11-24", first_time="09:00")
    leader.get(f"/groups/{group.id}/publish")
    page = leader.post(f"/groups/{group.id}/publish")
    assert (page.status, "har redan varit" in page.text) == (422, True)


def fill(room: Room, group: Group) -> None:
    """Let two with an e-mail and one with a phone only sign up."""
    for who in (1, 2):
        sign_up(room.storage, group.id, request(who), room.clock.now)
    details = request(3).details
    by_phone = request(3, details=type(details)(nickname="Exempel 3", phone="070-174 06 07"))
    sign_up(room.storage, group.id, by_phone, room.clock.now)


def test_cancelling_says_how_many_are_told_and_whom_to_call(room: Room, leader: Member) -> None:
    group = published(leader)
    fill(room, group)
    before = Counter(letters(room.storage))
    page = leader.get(f"/groups/{group.id}/sessions/{group.sessions[1].id}/cancel")
    assert "2 personer får veta det med e-post." in page.text
    assert "1 person har bara telefon. Ring den personen." in page.text
    assert not current(room, group).sessions[1].is_cancelled
    leader.post(f"/groups/{group.id}/sessions/{group.sessions[1].id}/cancel")
    assert current(room, group).sessions[1].is_cancelled
    assert Counter(letters(room.storage)) - before == {"session_cancelled": 2}
    assert "Inställd" in leader.get(f"/groups/{group.id}").text
    leader.get(f"/groups/{group.id}/cancel")
    leader.post(f"/groups/{group.id}/cancel")
    assert current(room, group).state is GroupState.CANCELLED
    assert Counter(letters(room.storage)) - before == {"session_cancelled": 2, "group_cancelled": 2}
    assert leader.get(f"/groups/{group.id}/sessions/nothing/cancel").status == 404


def test_a_cancelled_meeting_stays_cancelled_when_the_group_is_changed(room: Room, leader: Member) -> None:
    group = published(leader)
    leader.get(f"/groups/{group.id}/sessions/{group.sessions[1].id}/cancel")
    leader.post(f"/groups/{group.id}/sessions/{group.sessions[1].id}/cancel")
    form = form_of(leader.get(f"/groups/{group.id}/edit")) | {"name": "Annat"}
    assert leader.post(f"/groups/{group.id}/edit", form).status == 303
    assert [one.is_cancelled for one in current(room, group).sessions] == [False, True, False, False]


# ------------------------------------------------------------------------------------------------------- people


def test_the_list_of_people_is_read_and_every_reading_is_in_the_trail(room: Room, leader: Member) -> None:
    group = published(leader)
    fill(room, group)
    page = leader.get(f"/groups/{group.id}/sign-ups")
    for shown in ("Exempel 1", "exempel2@example.se", "070-174 06 07", "Har plats (3)"):
        assert shown in page.text
    (event, *_) = list_events(room.storage, "lekeberg")
    assert (event.by, event.did, event.subject) == (leader.staff_id, "read_sign_ups", f"group:{group.id}")


def sign_ups(leader: Member, group: Group) -> list[str]:
    """Return the ids of those whom the page lists."""
    page = leader.get(f"/groups/{group.id}/sign-ups")
    return [(link.get("href") or "").split("/")[-1] for link in page.all("a", class_="no-print")]


def test_somebody_is_moved_and_somebody_is_withdrawn(room: Room, leader: Member) -> None:
    first, second = published(leader), published(leader, first_on="2027-03-02")
    fill(room, first)
    one, two, three = sign_ups(leader, first)
    page = leader.get(f"/groups/{first.id}/sign-ups/{one}")
    assert second.id in [option.get("value") for option in page.all("option")]
    leader.post(f"/groups/{first.id}/sign-ups/{one}/move", {"to": second.id})
    assert sign_ups(leader, first) == [two, three]
    assert len(sign_ups(leader, second)) == 1
    leader.get(f"/groups/{first.id}/sign-ups/{two}")
    answer = leader.post(f"/groups/{first.id}/sign-ups/{two}/withdraw")
    assert "Anmälan är avbokad." in leader.follow(answer).text
    assert sign_ups(leader, first) == [three]
    assert leader.get(f"/groups/{first.id}/sign-ups/{two}").status == 404


@pytest.mark.parametrize("to", ["", "itself", "nowhere"])
def test_a_move_that_cannot_be_is_told(room: Room, leader: Member, to: str) -> None:
    group = published(leader)
    fill(room, group)
    one, *_ = sign_ups(leader, group)
    leader.get(f"/groups/{group.id}/sign-ups/{one}")
    page = leader.post(f"/groups/{group.id}/sign-ups/{one}/move", {"to": group.id if to == "itself" else to})
    assert page.status == 422
    assert page.all("p", id="to-error")


def test_a_message_goes_to_all_once(room: Room, leader: Member) -> None:
    group = published(leader)
    fill(room, group)
    before = Counter(letters(room.storage))
    page = leader.get(f"/groups/{group.id}/message")
    key = page.one("input", name="form_key").get("value")
    assert "2 personer får veta det med e-post." in page.text
    for words in ("", "x" * 2001):
        page = leader.post(f"/groups/{group.id}/message", {"message": words, "form_key": key})
        assert page.status == 422
        assert page.one("input", name="form_key").get("value") == key
    for _ in range(2):
        answer = leader.post(f"/groups/{group.id}/message", {"message": "Ta med fika.", "form_key": key})
        assert answer.status == 303
    assert Counter(letters(room.storage)) - before == {"message": 2}


# --------------------------------------------------------------------------------------------- attendance and wishes


def test_attendance_is_numbers_and_no_names(room: Room, leader: Member) -> None:
    group = published(leader)
    room.clock.now = group.begins_at
    leader.come_in()
    path = f"/groups/{group.id}/sessions/{group.sessions[0].id}/attendance"
    page = leader.get(path)
    assert not page.all("input", name="name")
    given = {"came-25-44-woman": "5", "came-25-44-man": "3", "came-unknown-other": "0"}
    assert leader.post(path, given).status == 303
    found = attendance_of(room.storage, Actor("x", "lekeberg"), group.id)
    assert found == {group.sessions[0].id: {("25-44", "woman"): 5, ("25-44", "man"): 3}}
    assert leader.get(path).one("input", name="came-25-44-woman").get("value") == "5"
    page = leader.post(path, {"came-0-12-man": "några", "came-0-12-woman": "201", "came-13-17-man": "2"})
    assert page.status == 422
    assert {one.get("name") for one in page.all("input", aria_invalid="true")} == {"came-0-12-man", "came-0-12-woman"}
    assert page.one("input", name="came-13-17-man").get("value") == "2"
    assert leader.get(f"/groups/{group.id}/sessions/nothing/attendance").status == 404


def test_wishes_are_shown_from_five_up(room: Room, leader: Member) -> None:
    for number in range(SHOWN_FROM - 1):
        wish(room.storage, "lekeberg", "abc-3-12", "ti", "evening", f"form {number}", room.clock.now)
    assert "tigrinska" not in leader.get("/wishes").text
    wish(room.storage, "lekeberg", "abc-3-12", "ti", "evening", "one more", room.clock.now)
    wish(room.storage, "mellerud", "abc", "ar", "day", "theirs", room.clock.now)
    text = leader.get("/wishes").text
    for shown in ("Föräldrakurs ABC", "tigrinska", "Kvällstid", "5"):
        assert shown in text
    assert "arabiska" not in text


def test_groups_that_are_over_stand_by_themselves(room: Room, leader: Member) -> None:
    group = published(leader)
    room.clock.now = datetime.fromisoformat("2027-03-01T10:00:00+01:00")
    again = leader.elsewhere()
    again.come_in()
    page = again.get("/groups")
    assert "Grupper som är slut" in page.text
    assert group.id in page.response.text
    assert current(room, group).ends_at < room.clock.now + timedelta(0)


# ---------------------------------------------------------------------------------------------------- two at once


def test_an_older_page_undoes_nothing_and_shows_both_versions(room: Room, leader: Member) -> None:
    group = published(leader)
    older = form_of(leader.get(f"/groups/{group.id}/edit"))
    newer = older | {"place": "Annan gata 2", "offer_policy": "at_once", "starts-1": "18:00"}
    assert leader.post(f"/groups/{group.id}/edit", newer).status == 303
    page = leader.post(f"/groups/{group.id}/edit", older | {"capacity": "6", "fewest": "2"})
    assert page.status == 409
    assert "Någon annan har ändrat det här under tiden." in page.text
    assert current(room, group).place == "Annan gata 2"
    assert page.one("input", id="capacity").get("value") == "6"
    assert page.one("input", id="place").get("value") == "Exempelgatan 1"
    for stands in ("Annan gata 2", "18:00", "Den första i kön får platsen direkt."):
        assert any(stands in "".join(one.itertext()) for one in page.all("span", class_="small now")), stands
    # A meeting that another has added meanwhile is shown, though this page has no row for it.
    added = {"day-5": "2027-02-09", "starts-5": "10", "ends-5": "12"}
    assert (
        leader.post(f"/groups/{group.id}/edit", form_of(leader.get(f"/groups/{group.id}/edit")) | added).status == 303
    )
    page = leader.post(f"/groups/{group.id}/edit", form_of(page))
    assert page.status == 409
    assert "2027-02-09 10:00 12:00" in page.text
    # She has seen both: what she saves now is what she wants.
    assert leader.post(f"/groups/{group.id}/edit", form_of(page)).status == 303
    assert (current(room, group).capacity, current(room, group).place) == (6, "Exempelgatan 1")


def test_a_change_that_is_taken_back_mails_nobody(room: Room, leader: Member) -> None:
    group = published(leader)
    sign_up(room.storage, group.id, request("a"), room.clock.now)
    before = letters(room.storage).count(Letter.CHANGED)
    for place in ("Annan gata 2", "Tredje gatan 3", "Exempelgatan 1"):
        form = form_of(leader.get(f"/groups/{group.id}/edit")) | {"place": place}
        assert leader.post(f"/groups/{group.id}/edit", form).status == 303
    assert letters(room.storage).count(Letter.CHANGED) == before
    for place in ("Annan gata 2", "Tredje gatan 3"):
        form = form_of(leader.get(f"/groups/{group.id}/edit")) | {"place": place}
        leader.post(f"/groups/{group.id}/edit", form)
    assert letters(room.storage).count(Letter.CHANGED) == before + 1


def test_counts_of_another_are_not_overwritten_unseen(room: Room, leader: Member) -> None:
    group = published(leader)
    path = f"/groups/{group.id}/sessions/{group.sessions[0].id}/attendance"
    assert leader.get(path).status == 409, "nobody has come to a meeting that has not begun"
    assert path not in leader.get(f"/groups/{group.id}").response.text
    room.clock.now = group.begins_at
    leader.come_in()
    seen = leader.get(path).one("input", name="seen").get("value")
    assert leader.post(path, {"came-25-44-woman": "3", "seen": seen}).status == 303
    page = leader.post(path, {"came-25-44-woman": "2", "seen": seen})
    assert page.status == 409
    assert page.one("input", name="came-25-44-woman").get("value") == "2"
    assert "Nu står det: 3" in page.text


DEAD = "dead"
LONG = "Vi ses i Lilla salen i stället för i Stora salen. Ta med varma kläder."


@pytest.mark.parametrize("is_out", [False, True])
def test_a_long_text_is_not_lost_when_the_page_or_the_session_has_ended(
    room: Room, leader: Member, is_out: bool
) -> None:
    group = published(leader)
    form = form_of(leader.get(f"/groups/{group.id}/message")) | {"message": LONG}
    form.pop("csrf_token", None)
    if is_out:
        room.clock.pass_by(minutes=31)
    page = leader.post(f"/groups/{group.id}/message", form | {"csrf_token": DEAD})
    assert page.status == (403 if is_out else 400)
    assert LONG in page.text
    sheet = page.one("form", class_="sheet")
    assert sheet.get("action") == f"/staff/groups/{group.id}/message"
    kept = {one.get("name"): one.get("value") for one in sheet.iter("input")}
    assert kept["message"] == LONG
    assert kept["csrf_token"] != DEAD
    if is_out:
        leader.come_in()
        leader.get("/account")
        kept["csrf_token"] = leader.token
    assert leader.post(f"/groups/{group.id}/message", kept).status == 303
