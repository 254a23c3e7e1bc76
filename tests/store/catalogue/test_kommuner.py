"""The file of a kommun: decisions, contacts and opening hours are read as they stand, or refused with their place."""

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from portal.domain.catalogue.opening import Hours, ShortDay
from portal.store.loading import load_catalogue
from tests.store.made_up import GONE, ID, KOMMUN, KOMMUN_FILE, assert_refused, write, write_kommun


def test_a_kommun_is_read_as_it_stands(tmp_path: Path) -> None:
    write_kommun(tmp_path)
    kommun = load_catalogue(tmp_path).kommuner[ID]
    assert (kommun.id, kommun.name, kommun.full_name) == (ID, "Solbacka", "Solbacka kommun")
    assert (kommun.neighbours, kommun.postal_towns) == (("Granby",), ("Solbacka",))
    centre = kommun.contacts[kommun.contact_centre]
    assert (centre.phone, centre.anonymous, centre.languages) == ("0100-12 34 56", True, ("svenska", "English"))
    assert centre.confirmed is not None
    assert centre.confirmed.on == date(2026, 10, 1)
    assert kommun.decisions["beslut-2025"].date == date(2025, 9, 1)


def test_a_kommun_names_the_sites_that_may_frame_the_self_check(tmp_path: Path) -> None:
    sites = ["https://www.solbacka.example", "http://localhost:8080"]
    write_kommun(tmp_path, kommun={"embed_in": sites})
    assert load_catalogue(tmp_path).kommuner[ID].embed_in == tuple(sites)


def test_hours_are_a_span_for_each_day(tmp_path: Path) -> None:
    write_kommun(tmp_path)
    centre = load_catalogue(tmp_path).kommuner[ID].contacts["vaxel"]
    assert centre.hours == (
        *(Hours(day, time(8), time(16, 30)) for day in range(4)),
        Hours(4, time(8), time(15)),
    )
    assert centre.short_day == ShortDay(time(8), time(12))


def test_a_contact_is_reached_through_another(tmp_path: Path) -> None:
    write_kommun(tmp_path)
    kommun = load_catalogue(tmp_path).kommuner[ID]
    assert kommun.reached_by(kommun.contacts["kursen"]).phone == "0100-12 34 56"


@pytest.mark.parametrize("key", ["postal_towns", "neighbours"])
def test_a_kommun_need_not_name_its_towns_or_neighbours(tmp_path: Path, key: str) -> None:
    write_kommun(tmp_path, kommun={key: GONE})
    assert ID in load_catalogue(tmp_path).kommuner


@pytest.mark.parametrize("key", ["name", "full_name", "decisions", "contact_centre", "contacts"])
def test_a_missing_key_is_refused(tmp_path: Path, key: str) -> None:
    write_kommun(tmp_path, kommun={key: GONE})
    assert_refused(tmp_path, f"{KOMMUN_FILE}: {key}", "is missing")


HOURS = {"days": ["mon"], "opens": "08:00", "closes": "16:00"}


def hours(**changes: object) -> dict[str, object]:
    """Return the change that gives the switchboard one span of hours, with what is wrong in it."""
    return {"contacts.vaxel.hours": [{key: value for key, value in {**HOURS, **changes}.items() if value is not GONE}]}


BROKEN: dict[str, tuple[dict[str, Any], str, str]] = {
    "an unknown key": ({"mayor": "Ada"}, "mayor", "not a key"),
    "a name that is a number": ({"name": 7}, "name", "must be a text"),
    "neighbours as a text": ({"neighbours": "Granby"}, "neighbours", "must be a list"),
    "neighbours with a number": ({"neighbours": ["Granby", 3]}, "neighbours", "must be a list of texts"),
    "doubtful villkor as a text": ({"doubtful_villkor": "behöver"}, "doubtful_villkor", "must be a list"),
    "an unknown contact centre": ({"contact_centre": "tower"}, "contact_centre", "has no 'tower'"),
    "a contact centre that is a list": ({"contact_centre": ["vaxel"]}, "contact_centre", "['vaxel']"),
    "contacts as a list": ({"contacts": ["vaxel"]}, "contacts", "must be a mapping of ids"),
    "a contact that is a text": ({"contacts.kursen": "vaxel"}, "contacts.kursen", "must be a mapping"),
    "a contact without a unit": ({"contacts.kursen.unit": GONE}, "contacts.kursen.unit", "is missing"),
    "a unit in braces": ({"contacts.kursen.unit": "{Kursen}"}, "contacts.kursen.unit", "braces"),
    "a request in braces": ({"contacts.kursen.ask_for": "{kursen}"}, "contacts.kursen.ask_for", "braces"),
    "an unknown key of a contact": ({"contacts.kursen.fax": "1"}, "contacts.kursen.fax", "not a key"),
    "a phone that is a number": ({"contacts.vaxel.phone": 112}, "contacts.vaxel.phone", "must be a text"),
    "the emergency number": ({"contacts.vaxel.phone": "112"}, "contacts.vaxel.phone", "no number that leads to a unit"),
    "three digits": ({"contacts.vaxel.phone": "0585-487"}, "contacts.vaxel.phone", "no number that leads to a unit"),
    "words for a phone": ({"contacts.vaxel.phone": "ring oss"}, "contacts.vaxel.phone", "no number that leads to a"),
    "an e-mail without a place": ({"contacts.vaxel.email": "post@"}, "contacts.vaxel.email", "no e-mail address"),
    "words for a text message": ({"contacts.vaxel.sms": "skriv"}, "contacts.vaxel.sms", "no whole phone number"),
    "a contact without phone": ({"contacts.kursen": {"unit": "Kursen"}}, "contacts.kursen", "needs a phone"),
    "through an unknown contact": ({"contacts.kursen.through": "tower"}, "contacts.kursen.through", "phone of its own"),
    "through itself": ({"contacts.kursen.through": "kursen"}, "contacts.kursen.through", "phone of its own"),
    "through one that is itself through another": (
        {"contacts.gruppen": {"unit": "Gruppen", "through": "kursen", "ask_for": "gruppen"}},
        "contacts.gruppen.through",
        "phone of its own",
    ),
    "through one that has only an e-mail": (
        {
            "contacts.brev": {"unit": "Brevlådan", "email": "post@example.org"},
            "contacts.gruppen": {"unit": "Gruppen", "through": "brev", "ask_for": "gruppen"},
        },
        "contacts.gruppen.through",
        "phone of its own",
    ),
    "through another without what to ask for": (
        {"contacts.kursen.ask_for": GONE},
        "contacts.kursen.ask_for",
        "is missing",
    ),
    "anonymous in words": ({"contacts.vaxel.anonymous": "yes"}, "contacts.vaxel.anonymous", "must be true or false"),
    "languages as a text": ({"contacts.vaxel.languages": "svenska"}, "contacts.vaxel.languages", "must be a list"),
    "confirmed by nobody": ({"contacts.vaxel.confirmed.by": GONE}, "contacts.vaxel.confirmed.by", "is missing"),
    "confirmed on no day": ({"contacts.vaxel.confirmed.on": "i går"}, "contacts.vaxel.confirmed.on", "must be a date"),
    "confirmed as a word": ({"contacts.vaxel.confirmed": True}, "contacts.vaxel.confirmed", "must be a mapping"),
    "hours as a text": ({"contacts.vaxel.hours": "08–16"}, "contacts.vaxel.hours", "must be a list"),
    "closes before it opens": (hours(closes="07:00"), "contacts.vaxel.hours.closes", "later than opens"),
    "closes as it opens": (hours(closes="08:00"), "contacts.vaxel.hours.closes", "later than opens"),
    "a wrong weekday": (hours(days=["monday"]), "contacts.vaxel.hours.days", "has no 'monday'"),
    "a weekday alone": (hours(days="mon"), "contacts.vaxel.hours.days", "must be a list"),
    "no closing time": (hours(closes=GONE), "contacts.vaxel.hours.closes", "is missing"),
    "an hour of one digit": (hours(opens="8:00"), "contacts.vaxel.hours.opens", "must be a time"),
    "an hour past the day": (hours(closes="24:00"), "contacts.vaxel.hours.closes", "must be a time"),
    "a minute past the hour": (hours(closes="15:60"), "contacts.vaxel.hours.closes", "must be a time"),
    "a time that YAML reads as a number": (hours(closes=960), "contacts.vaxel.hours.closes", "must be a text"),
    "an unknown key of the hours": (hours(lunch="12:00"), "contacts.vaxel.hours.lunch", "not a key"),
    "a short day that closes before it opens": (
        {"contacts.vaxel.day_before_holiday": {"opens": "12:00", "closes": "08:00"}},
        "contacts.vaxel.day_before_holiday.closes",
        "later than opens",
    ),
    "a decision without its nämnd": (
        {"decisions.beslut-2025.board": GONE},
        "decisions.beslut-2025.board",
        "is missing",
    ),
    "a date in words": (
        {"decisions.beslut-2025.date": "1 september 2025"},
        "decisions.beslut-2025.date",
        "must be a date",
    ),
    "a date with a time": (
        {"decisions.beslut-2025.date": datetime(2025, 9, 1, 12)},  # noqa: DTZ001 - as YAML reads it
        "decisions.beslut-2025.date",
        "must be a date",
    ),
    "a frame on every site": ({"embed_in": ["https://*"]}, "embed_in", "must be https://"),
    "a frame on a page": ({"embed_in": ["https://www.solbacka.example/"]}, "embed_in", "must be https://"),
    "a frame without TLS": ({"embed_in": ["http://www.solbacka.example"]}, "embed_in", "must be https://"),
    "a frame that ends the header": ({"embed_in": ["https://a.example; script-src *"]}, "embed_in", "must be https://"),
    "an unknown key of a decision": ({"decisions.beslut-2025.page": 3}, "decisions.beslut-2025.page", "not a key"),
}


@pytest.mark.parametrize(("changes", "place", "says"), BROKEN.values(), ids=BROKEN)
def test_a_broken_kommun_is_refused(tmp_path: Path, changes: dict[str, Any], place: str, says: str) -> None:
    write_kommun(tmp_path, kommun=changes)
    assert_refused(tmp_path, f"{KOMMUN_FILE}: {place}", says)


def test_an_insats_for_neighbours_needs_their_names(tmp_path: Path) -> None:
    shared = {"conditions": [{"residence": ["registered", "neighbour"]}]}
    write_kommun(tmp_path, kommun={"neighbours": GONE}, kurs=shared)
    assert_refused(tmp_path, f"{KOMMUN_FILE}: neighbours", "none is named")


UNREADABLE: dict[str, tuple[object, str]] = {
    "broken YAML": ("name: 'Solbacka", "cannot be read"),
    "bytes that are not UTF-8": ("name: Växjö".encode("latin-1"), "cannot be read"),
    "an impossible date": ("decisions: {a: {date: 2025-02-31}}\n", "cannot be read"),
    "a key that stands twice": ("name: Solbacka\nname: Granby\n", "'name' stands twice"),
    "an id that stands twice": ("contacts:\n  a: {unit: A}\n  a: {unit: B}\n", "'a' stands twice"),
    "a list": ([KOMMUN], "must be a mapping"),
    "nothing": ("", "must be a mapping"),
}


@pytest.mark.parametrize(("content", "says"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, content: object, says: str) -> None:
    write(write_kommun(tmp_path) / "kommun.yaml", content)
    assert_refused(tmp_path, KOMMUN_FILE, says)


def test_a_folder_without_kommun_yaml_is_refused(tmp_path: Path) -> None:
    (write_kommun(tmp_path) / "kommun.yaml").unlink()
    assert_refused(tmp_path, KOMMUN_FILE, "the file is missing")


@pytest.mark.parametrize("name", ["Solbacka", "sol backa", "sol_backa", ".git", "messages"])
def test_a_folder_whose_name_is_no_id_is_refused(tmp_path: Path, name: str) -> None:
    # The name stands in addresses and names the kommun's translations; "messages" are the portal's own.
    write_kommun(tmp_path).rename(tmp_path / "kommuner" / name)
    assert_refused(tmp_path, f"kommuner/{name}", "must be an id")


def test_a_kommun_says_whom_to_call_about_an_application_and_what_is_kept_for_research(tmp_path: Path) -> None:
    write_kommun(tmp_path, kommun={"units": {"children": "kursen"}, "research": "all"})
    kommun = load_catalogue(tmp_path).kommuner[ID]
    assert kommun.contact_of_unit("children").id == "kursen"
    assert kommun.contact_of_unit("elderly").id == "vaxel"
    assert kommun.keeps_all_for_research
    write_kommun(tmp_path, kommun={"research": "sample"})
    assert not load_catalogue(tmp_path).kommuner[ID].keeps_all_for_research


def test_a_kommun_says_what_its_source_sets_out_to_list(tmp_path: Path) -> None:
    write_kommun(tmp_path)
    assert load_catalogue(tmp_path).kommuner[ID].lists == frozenset()
    write_kommun(tmp_path, kommun={"lists": ["direct"]})
    kommun = load_catalogue(tmp_path).kommuner[ID]
    assert kommun.lists == {"direct"}
    assert {one.id for one in kommun.own_insatser} == {"kurs"}
    assert len(kommun.insatser) > 1


@pytest.mark.parametrize(
    ("changes", "place", "says"),
    [
        ({"units": {"children": "nobody"}}, "units.children", "has no 'nobody'"),
        ({"units": {"nowhere": "vaxel"}}, "units.nowhere", "is not a key"),
        ({"units": ["vaxel"]}, "units", "must be a mapping"),
        ({"research": "some"}, "research", "has no 'some'"),
        ({"lists": ["direct", "other"]}, "lists", "has no 'other'"),
        ({"lists": "direct"}, "lists", "must be a list"),
    ],
)
def test_a_unit_or_a_rule_of_research_that_is_none_is_refused(
    tmp_path: Path, changes: dict[str, Any], place: str, says: str
) -> None:
    write_kommun(tmp_path, kommun=changes)
    assert_refused(tmp_path, f"{KOMMUN_FILE}: {place}", says)
