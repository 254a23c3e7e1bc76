"""A place as a calendar: in Swedish time also when the clocks change, and neutral in its words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
import vobject
import yaml
from icalendar import Calendar

from portal.actions.groups import leading
from portal.actions.groups.calendar import Open, calendar_of, calendar_of_groups
from portal.actions.groups.places import Place, my_place, withdraw
from portal.actions.groups.signing_up import sign_up
from portal.domain.groups.planning import Group, Session
from portal.domain.groups.sign_ups import SignUp, State
from portal.domain.groups.terms import GroupState
from portal.settings import ROOT
from portal.store.storage import Storage
from tests.domain.made_up import FIRST, NOW, STOCKHOLM, draft, sessions
from tests.made_up_groups import LEADER, published, request

GROUP = Group(id="7k2m", kommun="solbacka", state=GroupState.PUBLISHED, **vars(draft(name="BIFF")))
PLACE = Place(SignUp("a1b2", State.PLACED, 1, 1), GROUP, None, "sv", None)


def raw(place: Place = PLACE, **options: bool) -> str:
    """Return the calendar of a place as text."""
    return calendar_of(place, "Bokad tid", NOW, **options).decode()


def events(text: str) -> list[dict[str, str]]:
    """Return what each event says, as plain text."""
    return [
        {key: str(value.to_ical().decode()) for key, value in event.items()}
        for event in Calendar.from_ical(text).walk("VEVENT")
    ]


def test_every_meeting_is_an_event_in_swedish_time() -> None:
    text = raw()
    assert "BEGIN:VTIMEZONE\r\nTZID:Europe/Stockholm\r\n" in text
    assert "DTSTART;TZID=Europe/Stockholm:20270112T180000\r\n" in text
    found = Calendar.from_ical(text).walk("VEVENT")
    assert [event.decoded("dtstart") for event in found] == [one.starts_at for one in GROUP.sessions]
    assert [event.decoded("dtend") for event in found] == [one.ends_at for one in GROUP.sessions]


def test_lines_are_as_the_standard_has_them() -> None:
    text = raw()
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert "VERSION:2.0\r\n" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")


def test_nothing_tells_what_the_meetings_are_about() -> None:
    text = raw()
    assert {event["SUMMARY"] for event in events(text)} == {"Bokad tid"}
    for telling in ("BIFF", "kurs", "Exempelgatan", "7k2m", "solbacka"):
        assert telling not in text
    assert "LOCATION:Exempelgatan 1" in raw(with_place=True)


def test_a_meeting_keeps_its_uid_when_it_moves_and_counts_the_change() -> None:
    first, *rest = GROUP.sessions
    later = replace(first, starts_at=first.starts_at + timedelta(hours=1), sequence=first.sequence + 1)
    before, after = events(raw()), events(raw(replace(PLACE, group=replace(GROUP, sessions=(later, *rest)))))
    assert [event["UID"] for event in before] == [event["UID"] for event in after]
    assert len({event["UID"] for event in before}) == 4
    assert int(after[0]["SEQUENCE"]) > int(before[0]["SEQUENCE"])
    assert after[1]["SEQUENCE"] == before[1]["SEQUENCE"]


def test_cancelled_meetings_and_left_places_say_so(storage: Storage) -> None:
    group = published(storage)
    code = sign_up(storage, group.id, request(), NOW).code
    before = events(raw(my_place(storage, code, NOW)))
    leading.cancel_session(storage, LEADER, group.id, group.sessions[1].id, NOW)
    one = events(raw(my_place(storage, code, NOW)))
    assert [event["STATUS"] for event in one] == ["CONFIRMED", "CANCELLED", "CONFIRMED", "CONFIRMED"]
    left = events(raw(withdraw(storage, code, NOW), with_place=True))
    assert {event["STATUS"] for event in left} == {"CANCELLED"}
    assert all(int(b["SEQUENCE"]) >= int(a["SEQUENCE"]) for a, b in zip(before, left, strict=True))
    assert not any("LOCATION" in event for event in left)


def test_an_entry_is_the_same_before_a_sign_up_and_after_and_whatever_is_taken_away_beside_it(storage: Storage) -> None:
    group = published(storage)
    nobody = Place(SignUp(group.id, State.PLACED, 1, 0), group, None, "sv", None)
    before = events(raw(nobody))
    first = sign_up(storage, group.id, request(), NOW).code
    mine = events(raw(my_place(storage, first, NOW)))
    assert [one["UID"] for one in mine] == [one["UID"] for one in before]
    left = events(raw(withdraw(storage, first, NOW)))
    again = sign_up(storage, group.id, request("again"), NOW).code
    back = events(raw(my_place(storage, again, NOW)))
    for earlier, later in pairwise((before, mine, left, back)):
        assert all(int(a["SEQUENCE"]) <= int(b["SEQUENCE"]) for a, b in zip(earlier, later, strict=True))
    kept = tuple(replace(one, number=number) for number, one in enumerate(group.sessions[1:], start=1))
    leading.edit_group(storage, LEADER, group.id, draft(fewest=None, sessions=kept), NOW)
    after = events(raw(my_place(storage, again, NOW)))
    assert [(one["UID"], one["DTSTART"]) for one in after] == [(one["UID"], one["DTSTART"]) for one in before[1:]]


CORPUS = yaml.safe_load((ROOT / "tests" / "corpus" / "calendar.yaml").read_text(encoding="utf-8"))


def meetings() -> tuple[Session, ...]:
    """Return a meeting for each of the corpus."""
    read = [
        (datetime.fromisoformat(one["starts"]), datetime.fromisoformat(one["ends"]), one["minutes"])
        for one in CORPUS["meetings"]
    ]
    found = tuple(
        replace(one, starts_at=starts.replace(tzinfo=STOCKHOLM), ends_at=ends.replace(tzinfo=STOCKHOLM))
        for one, (starts, ends, _) in zip(sessions(FIRST, len(read)), read, strict=True)
    )
    for one, (*_, minutes) in zip(found, read, strict=True):
        assert one.ends_at.astimezone(UTC) - one.starts_at.astimezone(UTC) == timedelta(minutes=minutes)
    return found


@pytest.mark.parametrize("name", CORPUS["names"])
@pytest.mark.parametrize("is_open", [False, True], ids=["a place", "all groups"])
def test_other_programs_read_the_same(name: str, *, is_open: bool) -> None:
    group = replace(GROUP, sessions=meetings(), place=name)
    place, shown = replace(PLACE, group=group), Open(group, name, "https://stod.example.se/sv/solbacka/groups/7k2m")
    written = calendar_of_groups([shown], NOW) if is_open else calendar_of(place, name, NOW, with_place=True)
    lines = written.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert b"\r" not in b"".join(lines)
    for line in lines:
        assert len(line) <= 75
        line.decode()  # no letter is split
    assert lines.count(b"BEGIN:VEVENT") == lines.count(b"END:VEVENT") == len(group.sessions)
    assert all(line.endswith(b"Z") for line in lines if line.startswith(b"DTSTAMP"))
    read = vobject.readOne(written.decode())
    assert read.method.value == "PUBLISH"
    assert {zone.tzid.value for zone in read.vtimezone_list} == {"Europe/Stockholm"}
    others = Calendar.from_ical(written).walk("VEVENT")
    for one, other, session in zip(read.vevent_list, others, group.sessions, strict=True):
        assert one.summary.value == str(other["summary"]) == name
        assert one.location.value == str(other["location"]) == name
        assert one.uid.value == f"{session.id}@insatsportalen"
        # vobject reckons with the zone that the file itself describes, as Outlook does; icalendar with its own.
        for begins, ends in ((one.dtstart.value, one.dtend.value), (other.decoded("dtstart"), other.decoded("dtend"))):
            assert begins.astimezone(UTC) == session.starts_at.astimezone(UTC)
            assert ends.astimezone(UTC) == session.ends_at.astimezone(UTC)


def test_meetings_keep_their_hour_over_the_change_of_clocks() -> None:
    first = datetime(2027, 3, 23, 18, 0, tzinfo=STOCKHOLM)
    text = raw(replace(PLACE, group=replace(GROUP, sessions=sessions(first, 2))))
    assert "DTSTART;TZID=Europe/Stockholm:20270323T180000" in text
    assert "DTSTART;TZID=Europe/Stockholm:20270330T180000" in text
    starts = [event.decoded("dtstart") for event in Calendar.from_ical(text).walk("VEVENT")]
    assert [start.utcoffset() for start in starts] == [timedelta(hours=1), timedelta(hours=2)]
    assert FIRST.utcoffset() == timedelta(hours=1)
