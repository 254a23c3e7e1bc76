"""The catalogue as Open Referral tells it (HSDS 3.1): services, organizations and what belongs to them, in Swedish."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.domain.catalogue.ages import Age, RecipientAge
from portal.domain.catalogue.contacts import Contact
from portal.domain.catalogue.insatser import Insats
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.opening import Closure
from portal.domain.catalogue.whole import Topic
from portal.domain.groups.planning import Group
from portal.domain.officials.skr import SkrList, SkrRow
from portal.domain.people.phone_numbers import dialled
from portal.web.open_data.hsds_groups import group_at, hours_at
from portal.web.open_data.places import Place, id_of
from portal.web.shown.details import cost_of
from portal.web.shown.starting import how_it_begins
from portal.web.voices.voice import Voice

JSON = dict[str, Any]

VERSION = "3.1"
PROFILE = "https://docs.openreferral.org/en/latest/hsds/"

SKR, TOPICS = "skr", "topics"
"""The two taxonomies: SKR's national list of insatser, and what the portal's own questions are about."""

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_UNKNOWN = "-"
"""What the standard demands of an address, and no source says."""


@dataclass(frozen=True)
class Teller:
    """Tells what kommuner offer; `at` is the present instant, by which clock times say their distance to UTC."""

    place: Place
    skr: SkrList
    topics: Mapping[str, Topic]
    at: datetime

    def organization(self, kommun: Kommun, voice: Voice) -> JSON:
        """Return a kommun as an organization."""
        centre = kommun.contacts[kommun.contact_centre]
        return _said(
            id=id_of(kommun.id),
            name=kommun.full_name,
            alternate_name=kommun.name,
            description=f"{kommun.full_name}: stöd som man kan kontakta direkt, och stöd som man ansöker om.",
            email=centre.email,
            uri=self.place.page(kommun.id),
        )

    def whole_organization(self, kommun: Kommun, voice: Voice) -> JSON:
        """Return the same with how its contact centre is reached."""
        centre = kommun.contacts[kommun.contact_centre]
        return self.organization(kommun, voice) | _said(
            phones=self._phones(kommun, centre, voice, organization_id=id_of(kommun.id)),
            locations=[found for found in [self._location(kommun, centre, voice)] if found],
        )

    def service(self, kommun: Kommun, insats: Insats, voice: Voice) -> JSON:
        """Return an insats as a service in a list."""
        contact = kommun.contact_of(insats)
        reached = kommun.reached_by(contact)
        low, high = _ages(insats)
        closures = [one for one in kommun.closures_of(contact) if one.last_on >= self.at.date()]
        return _said(
            id=id_of(kommun.id, insats.id),
            organization_id=id_of(kommun.id),
            name=voice.words(insats.name),
            description="\n".join(voice.words(said) for said in (insats.summary, *insats.happens)),
            url=self.place.insats(kommun.id, insats.id),
            email=contact.email or reached.email,
            status="active",
            application_process=voice.words(how_it_begins(insats)),
            fees_description=" ".join(voice.words(said) for said in cost_of(insats.cost)),
            eligibility_description="\n".join(_for_whom(insats, voice)),
            minimum_age=low,
            maximum_age=high,
            assured_date=None if reached.confirmed is None else reached.confirmed.on.isoformat(),
            last_modified=None if insats.updated_at is None else f"{insats.updated_at:%Y-%m-%dT%H:%M:%SZ}",
            alert=" ".join(_closed(one) for one in closures),
        )

    def whole_service(self, kommun: Kommun, insats: Insats, voice: Voice, coming: Iterable[Group] = ()) -> JSON:
        """Return an insats with everything that belongs to it; `coming` are its groups that one can sign up for."""
        service, contact = id_of(kommun.id, insats.id), kommun.contact_of(insats)
        return self.service(kommun, insats, voice) | _said(
            organization=self.organization(kommun, voice),
            phones=self._phones(kommun, contact, voice, service_id=service),
            schedules=[*self._hours(kommun, contact, service), *self._closures(kommun, contact, service)],
            service_areas=[
                {
                    "id": id_of(kommun.id, insats.id, "area"),
                    "service_id": service,
                    "name": kommun.full_name,
                    "extent_type": "other",
                }
            ],
            service_at_locations=[
                *self._locations(kommun, insats, contact, voice),
                *(group_at(service, group, voice) for group in coming),
            ],
            languages=[
                {
                    "id": id_of(kommun.id, insats.id, "language", name),
                    "service_id": service,
                    "name": name,
                }
                for name in contact.languages
            ],
            cost_options=_costs(kommun, insats, voice),
            attributes=[*self._terms_of_skr(service, insats), *self._terms_of_topics(service, insats, voice)],
        )

    def _phones(self, kommun: Kommun, contact: Contact, voice: Voice, **of: str) -> list[JSON]:
        reached = kommun.reached_by(contact)
        if reached.phone is None:
            return []
        asked = [contact.unit] if contact.ask_for is None else [contact.unit, contact.ask_for]
        said = (
            voice.words(asked[0])
            if len(asked) == 1
            else f"{voice.words(asked[0])}. Fråga efter {voice.words(asked[1])}."
        )
        number = {"id": id_of(*of.values(), "phone"), "number": dialled(reached.phone), "type": "voice"}
        return [{**number, **of, "description": said}]

    def _hours(self, kommun: Kommun, contact: Contact, service: str) -> Iterator[JSON]:
        offset = hours_at(self.at)[5:]
        for number, one in enumerate(kommun.answering(contact).hours):
            yield {
                "id": id_of(service, "hours", str(number)),
                "service_id": service,
                "freq": "WEEKLY",
                "interval": 1,
                "wkst": "MO",
                "byday": _DAYS[one.weekday],
                "opens_at": f"{one.opens:%H:%M}{offset}",
                "closes_at": f"{one.closes:%H:%M}{offset}",
                "description": "Telefontid, svensk tid. Stängt på helgdagar.",
            }

    def _closures(self, kommun: Kommun, contact: Contact, service: str) -> Iterator[JSON]:
        for one in kommun.closures_of(contact):
            yield {
                "id": id_of(service, "closed", one.id),
                "service_id": service,
                "valid_from": one.first_on.isoformat(),
                "valid_to": one.last_on.isoformat(),
                "description": _closed(one),
            }

    def _locations(self, kommun: Kommun, insats: Insats, contact: Contact, voice: Voice) -> list[JSON]:
        location = self._location(kommun, contact, voice)
        if location is None:
            return []
        service = id_of(kommun.id, insats.id)
        there = {"id": id_of(service, location["id"]), "service_id": service, "location_id": location["id"]}
        return [{**there, "location": location}]

    def _location(self, kommun: Kommun, contact: Contact, voice: Voice) -> JSON | None:
        visited = kommun.visited_at(contact)
        if visited.visit is None:
            return None
        street, _, city = visited.visit.rpartition(",")
        place = id_of(kommun.id, "location", visited.id)
        address = {
            "id": id_of(kommun.id, "address", visited.id),
            "location_id": place,
            "address_1": street.strip() or city.strip(),
            "city": city.strip() if street else kommun.name,
            "state_province": _UNKNOWN,
            "postal_code": _UNKNOWN,
            "country": "SE",
            "address_type": "physical",
        }
        return {
            "id": place,
            "location_type": "physical",
            "name": voice.words(visited.unit),
            "addresses": [address],
        }

    def _terms_of_skr(self, service: str, insats: Insats) -> Iterator[JSON]:
        rows = {row.id: row for area in self.skr.areas for row in area.rows()} if insats.skr else {}
        for found in insats.skr:
            if found in rows:
                yield _attribute(service, SKR, _term_of_skr(rows[found], self.skr.year))

    def _terms_of_topics(self, service: str, insats: Insats, voice: Voice) -> Iterator[JSON]:
        for topic_id in sorted(insats.topics):
            topic = self.topics[topic_id]
            term = {
                "id": id_of(TOPICS, topic_id),
                "code": topic_id,
                "name": voice.words(topic.name),
                "description": voice.words(topic.hint) or voice.words(topic.name),
                "taxonomy": "Insatsportalens ämnen",
                "taxonomy_id": id_of(TOPICS),
                "language": "sv",
            }
            yield _attribute(service, TOPICS, term)


def terms_of(insats: Insats) -> set[str]:
    """Return the ids of the terms that an insats has."""
    return {id_of(SKR, one) for one in insats.skr} | {id_of(TOPICS, one) for one in insats.topics}


def _attribute(service: str, link: str, term: JSON) -> JSON:
    return {
        "id": id_of(service, link, term["code"]),
        "link_id": service,
        "taxonomy_term_id": term["id"],
        "link_type": link,
        "link_entity": "service",
        "taxonomy_term": term,
    }


def _term_of_skr(row: SkrRow, year: int) -> JSON:
    return {
        "id": id_of(SKR, row.id),
        "code": row.id,
        "name": row.name,
        "description": row.summary or row.name,
        "taxonomy": f"SKR:s lista över insatser, {year}",
        "taxonomy_id": id_of(SKR),
        "language": "sv",
    }


def _said(**members: Any) -> JSON:
    """Return the members that say something: the standard refuses null, and an empty list tells nothing."""
    return {name: value for name, value in members.items() if value not in (None, "", [])}


def _for_whom(insats: Insats, voice: Voice) -> Iterator[str]:
    yield voice.words(insats.audience)
    for rule in insats.rules:
        yield voice.words(rule.rule)


def _ages(insats: Insats) -> tuple[int | None, int | None]:
    """Return the ages of the one who gets it, where the conditions that always hold say some."""
    found = [rule.ages for rule in insats.conditions if isinstance(rule, Age | RecipientAge)]
    lows = [ages.low for ages in found if ages.low is not None]
    highs = [ages.high for ages in found if ages.high is not None]
    return max(lows, default=None), min(highs, default=None)


def _closed(one: Closure) -> str:
    days = f"{one.first_on}" if one.first_on == one.last_on else f"{one.first_on}–{one.last_on}"
    return f"Stängt {days}: {one.reason}"


def _costs(kommun: Kommun, insats: Insats, voice: Voice) -> list[JSON]:
    cost = {"id": id_of(kommun.id, insats.id, "cost"), "service_id": id_of(kommun.id, insats.id)}
    said = " ".join(voice.words(one) for one in cost_of(insats.cost))
    if insats.cost.kind == "free":
        return [{**cost, "option": said, "currency": "SEK", "amount": 0}]
    return [{**cost, "option": said}] if insats.cost.kind == "fee" else []
