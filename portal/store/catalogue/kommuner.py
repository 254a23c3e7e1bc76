"""One kommun from its folder: decisions, contacts and opening hours."""

import re
from collections.abc import Collection, Mapping
from datetime import time
from pathlib import Path

from portal.domain.catalogue.contacts import Confirmation, Contact
from portal.domain.catalogue.insatser import Decision, Insats
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.opening import WEEKDAYS, Hours, ShortDay
from portal.domain.people.phone_numbers import is_phone, leads_to_a_unit
from portal.domain.people.reach import problems_of_reach
from portal.store.catalogue.insatser import Known, read_insatser
from portal.store.catalogue.look import read_look
from portal.store.catalogue.statutory import Law, added_by_law
from portal.store.reading import Fields, Findings, read_yaml

RESEARCH = ("all", "sample")
"""What is kept for research: all of the kommun's records, or those of who was born on certain days (2025:468 13:1)."""


ORIGIN = re.compile(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(:\d{1,5})?|http://(localhost|127\.0\.0\.1)(:\d{1,5})?")
"""A site that a frame may stand on; without TLS only this machine, to try it."""

LISTED = ("direct", "assessed")
"""What the source of a kommun may set out to list whole: insatser without needs assessment, and with."""


def read_kommun(folder: Path, known: Known, law: Law, findings: Findings) -> Kommun:
    """Return one kommun from its folder, with what the law adds where its catalogue is silent."""
    file = f"kommuner/{folder.name}/kommun.yaml"
    fields = Fields(read_yaml(folder / "kommun.yaml", file, findings), file, "", findings)
    decisions = fields.each("decisions", _read_decision)
    contacts = fields.each("contacts", _read_contact)
    centre = fields.one_of("contact_centre", contacts) or ""
    for contact in contacts.values():
        through = contacts.get(contact.through or "")
        if contact.through is not None and (through is None or through.through is not None or through.phone is None):
            findings.add(file, f"contacts.{contact.id}.through", "must be a contact with a phone of its own")
    own = read_insatser(folder, known, decisions, contacts, findings)
    insatser = [*own, *added_by_law(law, own, centre)] if centre else own
    kommun = Kommun(
        folder.name,
        name=fields.string("name") or folder.name,
        full_name=fields.string("full_name") or folder.name,
        neighbours=fields.strings("neighbours", required=False),
        postal_towns=fields.strings("postal_towns", required=False),
        contact_centre=centre,
        contacts=contacts,
        insatser={insats.id: insats for insats in sorted(insatser, key=place_in_lists)},
        chapters=fields.each_text("chapters"),
        emergency_duty=_read_duty(fields),
        decisions=decisions,
        doubtful_villkor=fields.strings("doubtful_villkor", required=False),
        units=_read_units(fields, known.units, contacts),
        keeps_all_for_research=fields.one_of("research", RESEARCH, required=False) == "all",
        lists=frozenset(fields.some_of("lists", LISTED, required=False)),
        look=read_look(folder, fields),
        embed_in=_read_origins(fields),
    )
    if "neighbour" in kommun.residence_options and not kommun.neighbours:
        fields.wrong("neighbours", "an insats is shared with a neighbour, but none is named")
    fields.done()
    return kommun


def place_in_lists(insats: Insats) -> tuple[bool, int, str]:
    """Return the place in lists where nothing else decides: the kommun's own order, and what the law adds after it."""
    return (insats.by_law is not None, insats.order, insats.id)


def _read_duty(kommun: Fields) -> Contact | None:
    """Read the social emergency duty (socialjour), where the kommun has told how it is reached."""
    fields = kommun.fields("emergency_duty", required=False)
    if fields is None:
        return None
    fields.add({"unit": "Socialjouren"} if not fields.has("unit") else {})
    found = _read_contact("emergency_duty", fields)
    fields.done()
    return found


def _read_origins(fields: Fields) -> tuple[str, ...]:
    """Read the sites that may show the self-check in a frame: each a whole origin, for a wildcard names nobody."""
    found = fields.strings("embed_in", required=False)
    for origin in found:
        if not ORIGIN.fullmatch(origin):
            fields.wrong("embed_in", f"must be https:// and a host, with no slash at its end: {origin!r}")
    return found


def _read_units(kommun: Fields, units: Collection[str], contacts: Mapping[str, Contact]) -> dict[str, str]:
    fields = kommun.fields("units", required=False)
    if fields is None:
        return {}
    found = {unit: fields.one_of(unit, contacts, required=False) for unit in units}
    fields.done()
    return {unit: contact for unit, contact in found.items() if contact is not None}


def _read_decision(decision_id: str, fields: Fields) -> Decision:
    return Decision(
        decision_id,
        fields.string("board") or "",
        fields.string("number", required=False),
        fields.day("date", required=False),
    )


def _read_contact(contact_id: str, fields: Fields) -> Contact:
    through = fields.string("through", required=False)
    ask_for = fields.maybe_text("ask_for", required=through is not None)
    phone = fields.string("phone", required=False)
    email = fields.string("email", required=False)
    sms = fields.string("sms", required=False)
    if phone is not None and not leads_to_a_unit(phone):
        fields.wrong("phone", f"is no number that leads to a unit: {phone!r}")
    if email is not None and problems_of_reach(email, ""):
        fields.wrong("email", f"is no e-mail address: {email!r}")
    if sms is not None and not is_phone(sms):
        fields.wrong("sms", f"is no whole phone number: {sms!r}")
    if through is None and phone is None and email is None:
        fields.wrong("", "a contact needs a phone, an email or a contact it is reached through")
    confirmed = fields.fields("confirmed", required=False)
    confirmation = None
    if confirmed is not None:
        on, by = confirmed.day("on"), confirmed.string("by")
        confirmed.done()
        confirmation = Confirmation(on, by) if on and by else None
    return Contact(
        contact_id,
        unit=fields.text("unit"),
        phone=phone,
        email=email,
        sms=sms,
        hours=tuple(span for item in fields.items("hours", required=False) for span in _read_hours(item, fields)),
        short_day=_read_short_day(fields),
        visit=fields.string("visit", required=False),
        languages=fields.strings("languages", required=False),
        anonymous=fields.boolean("anonymous"),
        through=through,
        ask_for=ask_for,
        confirmed=confirmation,
        source=fields.string("source", required=False),
    )


def _read_hours(item: object, contact: Fields) -> list[Hours]:
    fields = Fields(item, contact.file, f"{contact.place}.hours", contact.findings)
    days = fields.some_of("days", WEEKDAYS)
    opens, closes = _read_times(fields)
    fields.done()
    return [Hours(WEEKDAYS.index(day), opens, closes) for day in days]


def _read_short_day(contact: Fields) -> ShortDay | None:
    fields = contact.fields("day_before_holiday", required=False)
    if fields is None:
        return None
    opens, closes = _read_times(fields)
    fields.done()
    return ShortDay(opens, closes)


def _read_times(fields: Fields) -> tuple[time, time]:
    opens, closes = (_read_time(fields, key) for key in ("opens", "closes"))
    if opens >= closes:
        fields.wrong("closes", "must be later than opens")
    return opens, closes


def _read_time(fields: Fields, key: str) -> time:
    text = fields.string(key) or ""
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text):
        fields.wrong(key, f'must be a time such as "08:00", not {text!r}')
        return time(0, 0)
    return time.fromisoformat(text)
