"""A contact as a person meets it: the number, whether somebody answers now, and what to say."""

from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from zoneinfo import ZoneInfo

import pytest

from portal.domain.catalogue.contacts import Contact
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.opening import Hours, ShortDay
from portal.domain.sentences import sentence
from portal.store.languages.menu import load_languages
from portal.store.loading import load_catalogue
from portal.web.shown.contacts import asking_about, card_of, list_to_send, said_to
from portal.web.voices.voice import Voice
from tests.apps import create_app
from tests.conftest import settings
from tests.pages import Visitor
from tests.store.made_up import GONE, ID, write_kommun
from tests.web.each_language import texts_in

STOCKHOLM = ZoneInfo("Europe/Stockholm")


@pytest.fixture(scope="module")
def solbacka(tmp_path_factory: pytest.TempPathFactory) -> Kommun:
    """Return the made-up kommun: open 08:00–16:30, on Fridays to 15:00, on days before holidays to 12:00."""
    folder = tmp_path_factory.mktemp("data")
    write_kommun(folder)
    return load_catalogue(folder).kommuner[ID]


@pytest.fixture(scope="module")
def voices() -> dict[str, Voice]:
    """Return the portal's voices by language."""
    return {tag: room.voice_of(None) for tag, room in create_app(settings()).extensions["pages"].rooms.items()}


def at(moment: str) -> datetime:
    """Return a moment in Sweden."""
    return datetime.fromisoformat(moment).replace(tzinfo=STOCKHOLM)


MOMENTS = {
    "in the morning": ("2026-11-24 10:00", True, "16:30"),
    "a minute before it opens": ("2026-11-24 07:59", False, "08:00"),
    "as it opens": ("2026-11-24 08:00", True, "16:30"),
    "a second before it closes": ("2026-11-24 16:29:59", True, "16:30"),
    "as it closes": ("2026-11-24 16:30", False, "onsdag 08:00"),
    "at midnight": ("2026-11-25 00:00", False, "08:00"),
    "on Friday afternoon": ("2026-11-27 15:00", False, "måndag 08:00"),
    "on a Sunday": ("2026-11-29 12:00", False, "måndag 08:00"),
    "the day before Christmas, in the morning": ("2026-12-24 10:00", True, "12:00"),
    "the day before Christmas, after lunch": ("2026-12-24 12:00", False, "måndag 08:00"),
    "on a holiday on a weekday": ("2027-01-06 10:00", False, "torsdag 08:00"),
    "the day before a holiday": ("2027-01-05 11:59", True, "12:00"),
    "the Thursday before Good Friday": ("2027-03-25 12:30", False, "tisdag 08:00"),
    "the Friday before midsummer": ("2027-06-25 13:00", False, "måndag 08:00"),
    "an hour before the clocks go forward": ("2027-03-28 01:30", False, "tisdag 08:00"),
}


@pytest.mark.parametrize(("moment", "is_open", "changes"), MOMENTS.values(), ids=MOMENTS)
def test_a_contact_says_whether_somebody_answers_now(
    moment: str, is_open: bool, changes: str, solbacka: Kommun, voices: dict[str, Voice]
) -> None:
    card = card_of(solbacka.contacts["vaxel"], solbacka, voices["sv"], at(moment))
    assert card.opening is not None
    assert card.opening.is_open == is_open
    assert card.changes is not None
    assert card.changes.striptags() == changes


def test_a_clock_is_isolated_and_a_weekday_is_in_the_language(solbacka: Kommun, voices: dict[str, Voice]) -> None:
    card = card_of(solbacka.contacts["vaxel"], solbacka, voices["ar"], at("2026-11-24 17:00"))
    assert card.changes == 'الأربعاء <bdi dir="ltr">08:00</bdi>'


def test_a_contact_reached_through_another_has_its_phone_and_hours(solbacka: Kommun, voices: dict[str, Voice]) -> None:
    card = card_of(solbacka.contacts["kursen"], solbacka, voices["sv"], at("2026-11-24 10:00"))
    assert (card.unit.text, card.phone, card.through) == ("Föräldrastödet", "0100-12 34 56", "vaxel")
    assert card.opening is not None
    assert card.opening.is_open
    assert card.confirmed is not None
    assert card.confirmed.by == "Växeln"


def test_what_to_say_is_in_swedish_and_asks_for_an_interpreter_first(
    solbacka: Kommun, voices: dict[str, Voice]
) -> None:
    for tag, language in load_languages().items():
        says = card_of(solbacka.contacts["kursen"], solbacka, voices[tag], at("2026-11-24 10:00")).says
        asks = "Kan du koppla mig till föräldrastödet?"
        assert says[-1].in_swedish == (f"Hej! {asks}" if language.is_written else asks)
        if language.is_written:
            assert [one.meaning for one in says] == [None]
            continue
        first, last = says
        assert first.in_swedish == f"Jag talar {language.swedish}. Jag behöver tolk."
        assert language.name in (first.meaning or "")
        assert last.meaning not in (None, last.in_swedish)
        assert bool(first.sounds) == (language.script != "Latn"), f"{tag}: how it sounds, in letters that are read"


def test_a_contact_of_its_own_needs_nothing_said_but_the_language(solbacka: Kommun, voices: dict[str, Voice]) -> None:
    contact = solbacka.contacts["vaxel"]
    card = card_of(contact, solbacka, voices["sv"], at("2026-11-24 10:00"))
    assert (card.says, card.through) == ((), None)
    assert card.anonymous
    assert [one.in_swedish for one in said_to(contact, voices["so"])] == ["Jag talar somaliska. Jag behöver tolk."]


def test_a_place_to_visit_opens_on_a_map_and_asks_nobody_before(tmp_path: Path) -> None:
    write_kommun(tmp_path, kommun={"contacts.vaxel.visit": "Ågatan 1, Solbacka"})
    page = Visitor(create_app(settings(data=tmp_path)).test_client()).get(f"/ti/{ID}/")
    links = [link for link in page.one("div", class_="contact").iter("a") if "gatan" in unquote(link.get("href") or "")]
    assert [unquote(link.get("href") or "") for link in links] == [
        "geo:0,0?q=Ågatan 1, Solbacka",
        "https://www.openstreetmap.org/search?query=Ågatan 1, Solbacka",
    ]
    assert {link.get("rel") for link in links} == {"noreferrer"}


def test_a_list_for_ones_own_phone_has_names_and_each_number_once(solbacka: Kommun, voices: dict[str, Voice]) -> None:
    insats = next(one for one in solbacka.insatser.values() if one.contact == "kursen")
    card = card_of(solbacka.contacts["kursen"], solbacka, voices["sv"], at("2026-11-24 10:00"))
    assessed = replace(insats, name=sentence("Något att ansöka om"), contact="vaxel")
    sends = list_to_send([insats, replace(insats, name=sentence("En till")), assessed], {"kursen": card}, voices["sv"])
    assert sends.text == f"{insats.name.text}\nEn till\n0100-12 34 56\n\nNågot att ansöka om"
    assert unquote(sends.sms_to) == f"sms:?&body={sends.text}"
    assert unquote(sends.mail_to) == f"mailto:?subject=Telefonnummer&body={sends.text}"


def test_a_week_is_a_line_for_each_run_of_days(solbacka: Kommun, voices: dict[str, Voice]) -> None:
    card = card_of(solbacka.contacts["kursen"], solbacka, voices["sv"], at("2026-11-24 10:00"))
    assert [line.striptags() for line in card.weekly] == ["måndag – torsdag: 08:00–16:30", "fredag: 08:00–15:00"]


def test_two_spans_of_a_day_stand_on_one_line_and_days_apart_on_two(solbacka: Kommun, voices: dict[str, Voice]) -> None:
    contact = Contact(
        "mottagning",
        sentence("Mottagningen"),
        phone="0100-12 34 57",
        hours=(
            Hours(0, time(13), time(16)),
            Hours(0, time(8), time(11, 45)),
            Hours(2, time(8), time(11, 45)),
            Hours(4, time(8), time(11, 45)),
        ),
    )
    card = card_of(contact, solbacka, voices["sv"], at("2026-11-24 10:00"))
    assert [line.striptags() for line in card.weekly] == [
        "måndag: 08:00–11:45, 13:00–16:00",
        "onsdag: 08:00–11:45",
        "fredag: 08:00–11:45",
    ]


def test_a_saturday_is_not_a_day_before_a_holiday(solbacka: Kommun, voices: dict[str, Voice]) -> None:
    contact = Contact(
        "lordag",
        sentence("Lördagsöppet"),
        phone="0100-12 34 57",
        hours=(Hours(5, time(10), time(16)),),
        short_day=ShortDay(time(10), time(12)),
    )
    card = card_of(contact, solbacka, voices["sv"], at("2026-11-28 13:00"))
    assert card.opening is not None
    assert card.opening.is_open


PAGES = {
    "open": ("2026-11-24 10:00", {}, "Öppet nu till 16:30"),
    "closed": ("2026-11-24 17:00", {}, "Stängt nu. Öppnar onsdag 08:00"),
    "hours that nobody knows": ("2026-11-24 10:00", {"contacts.vaxel.hours": []}, "Vi vet inte när de svarar."),
    "confirmed": ("2026-11-24 10:00", {}, "Bekräftat av Växeln den 1 oktober 2026."),
    "not confirmed": (
        "2026-11-24 10:00",
        {"contacts.vaxel.confirmed": GONE},
        "Kommunen har inte bekräftat numret än.",
    ),
    "anonymous": ("2026-11-24 10:00", {}, "Du behöver inte säga vem du är."),
    "an e-mail": ("2026-11-24 10:00", {"contacts.vaxel.email": "post@example.org"}, "post@example.org"),
}


@pytest.mark.parametrize(("moment", "kommun", "says"), PAGES.values(), ids=PAGES)
def test_a_page_tells_the_truth_about_its_contact(
    tmp_path: Path, moment: str, kommun: dict[str, object], says: str
) -> None:
    write_kommun(tmp_path, kommun=kommun)
    app = create_app(settings(data=tmp_path), clock=lambda: at(moment))
    page = Visitor(app.test_client()).get(f"/sv/{ID}/")
    card = " ".join("".join(page.one("div", class_="contact").itertext()).split())
    assert says in card
    assert page.all("a", href="tel:0100123456")


# --------------------------------------------------------------------------------- a letter that is written already

REACHABLE = {"contacts.vaxel.email": "namn+stod@example.org", "contacts.vaxel.sms": "070-174 06 05"}


@pytest.fixture(scope="module")
def reachable(tmp_path_factory: pytest.TempPathFactory) -> Kommun:
    """Return the made-up kommun, which also answers e-mail and text messages."""
    folder = tmp_path_factory.mktemp("data")
    write_kommun(folder, kommun=REACHABLE)
    return load_catalogue(folder).kommuner[ID]


def parts(address: str) -> tuple[str, str, dict[str, str]]:
    """Return the scheme of an address, whom it reaches, and what is written already."""
    split = urlsplit(address)
    fields = {name: value for name, (value,) in parse_qs(split.query, strict_parsing=True).items()}
    return split.scheme, unquote(split.path), fields


ASK, SPEAK = "Hej! Jag vill veta mer om {insats}.", "Jag talar {language}. Jag behöver tolk."
ASK_UNIT = "Hej! Jag vill komma i kontakt med {unit}."


def arabic(**known: frozenset[str]) -> Voice:
    """Return an Arabic voice that knows how to ask, but for what is missing."""
    said = {
        ASK: "مرحبا! أريد معرفة {insats}.",
        ASK_UNIT: "مرحبا! أريد {unit}.",
        SPEAK: "أتكلم {language}. هل من مترجم؟",
    }
    missing = known.get("missing", frozenset())
    texts = texts_in(load_languages()["ar"], {text: one for text, one in said.items() if text not in missing}, **known)
    return Voice(load_languages()["ar"], (texts,))


def test_a_letter_is_written_in_swedish_and_in_the_language_of_the_page(reachable: Kommun) -> None:
    card = card_of(reachable.contacts["kursen"], reachable, arabic(), at("2026-11-24 10:00"))
    assert card.mail_to is not None
    scheme, whom, fields = parts(card.mail_to)
    assert (scheme, whom, fields["subject"]) == ("mailto", "namn+stod@example.org", "En fråga")
    swedish, _, arabic_words = fields["body"].partition("\n\n")
    assert swedish == "Hej! Jag vill komma i kontakt med Föräldrastödet. Jag talar arabiska. Jag behöver tolk."
    assert arabic_words == "مرحبا! أريد \u2068Föräldrastödet\u2069. أتكلم العربية. هل من مترجم؟"


def test_a_letter_in_swedish_says_nothing_of_language_or_interpreter(
    reachable: Kommun, voices: dict[str, Voice]
) -> None:
    contact = reachable.contacts["kursen"]
    for tag in ("sv", "sv-simple"):
        asks = asking_about(None, contact, voices[tag])
        assert "tolk" not in asks.in_swedish
        assert "talar" not in asks.plain
    assert asking_about(None, contact, voices["sv"]).plain == "Hej! Jag vill komma i kontakt med Föräldrastödet."


def test_a_text_message_is_written_already(reachable: Kommun) -> None:
    card = card_of(reachable.contacts["kursen"], reachable, arabic(), at("2026-11-24 10:00"))
    assert card.sms_to is not None
    scheme, whom, fields = parts(card.sms_to.replace("?&", "?"))
    assert (scheme, whom) == ("sms", "0701740605")
    assert "Jag talar arabiska." in fields["body"]
    assert "العربية" in fields["body"]


def test_numbers_in_a_letter_from_the_right_keep_their_order(reachable: Kommun) -> None:
    insats = replace(next(iter(reachable.insatser.values())), name=sentence("Kurs 3–12 år"))
    asks = asking_about(insats, reachable.contacts["kursen"], arabic())
    assert asks.plain.endswith("مرحبا! أريد معرفة \u2068Kurs 3–12 år\u2069. أتكلم العربية. هل من مترجم؟")
    assert '<bdi dir="ltr" lang="sv">Kurs 3–12 år</bdi>' in asks.here
    assert asks.in_swedish == "Hej! Jag vill veta mer om Kurs 3–12 år. Jag talar arabiska. Jag behöver tolk."


def test_what_cannot_be_said_in_a_language_yet_is_said_in_swedish_once(reachable: Kommun) -> None:
    insats, contact = next(iter(reachable.insatser.values())), reachable.contacts["kursen"]
    asks = asking_about(insats, contact, arabic(missing=frozenset({ASK})))
    assert asks.plain == asks.in_swedish
    assert asks.here.startswith('<span lang="sv" dir="ltr">Hej! ')
    assert asks.here.endswith("أتكلم العربية. هل من مترجم؟")


def test_where_there_is_no_address_there_is_no_letter(solbacka: Kommun, voices: dict[str, Voice]) -> None:
    card = card_of(solbacka.contacts["kursen"], solbacka, voices["en"], at("2026-11-24 10:00"))
    assert (card.mail_to, card.sms_to) == (None, None)


def test_a_page_links_to_what_is_written(tmp_path: Path) -> None:
    write_kommun(tmp_path, kommun=REACHABLE)
    visitor = Visitor(create_app(settings(data=tmp_path)).test_client())
    links = [link.get("href") or "" for link in visitor.get(f"/ar/{ID}/insatser/kurs").one("main").iter("a")]
    (letter,) = [link for link in links if link.startswith("mailto:")]
    assert "Solbackakursen" in parts(letter)[2]["body"]
    (message,) = [link for link in links if link.startswith("sms:")]
    assert parts(message.replace("?&", "?"))[2]["body"] == parts(letter)[2]["body"]
