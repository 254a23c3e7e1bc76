"""What a result shows and where: one thing to do first, then the others; each number and each reason stands once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from portal.domain.applications.kinds import ApplicationKind
from portal.domain.catalogue.contacts import Contact
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.self_check.matching import Match
from portal.domain.sentences import Sentence
from portal.web.fields import joined
from portal.web.shown.fragments import Fragments


@dataclass(frozen=True)
class Best:
    """The one thing to do now: what it is, how it is reached or applied for, why it fits, and what else is there."""

    what: Markup
    why: Markup
    reach: Markup | None = None
    others: Markup | None = None
    apply: ApplicationKind | None = None
    is_sure: bool = False


@dataclass(frozen=True)
class Unit:
    """One of the others: the names of what it offers, and, when opened, how it is reached and what that is."""

    names: Markup
    reach: Markup
    offers: Markup


class Page:
    """The pieces of one result, asked for from top to bottom: what was said above is not said again below."""

    def __init__(self, kommun: Kommun, ready: Fragments, at: datetime) -> None:
        """Begin a page on which nothing is said yet; `at` is the present instant."""
        self._kommun, self._ready, self._at = kommun, ready, at
        self._numbers: set[str] = set()
        self._reasons: set[Sentence] = set()
        self.is_unconfirmed = False

    def to_contact(self, found: Match, others: Sequence[Match], *, is_sure: bool) -> Best:
        """Return what stands first when it can be contacted; `others` are of the same unit."""
        contact = self._kommun.contact_of(found.insats)
        what = self._ready.match("first", found)
        reach = self._reach("call_first", contact)
        return Best(what, self._why(found), reach, self._lines(others), is_sure=is_sure)

    def to_apply_for(self, found: Match, kind: ApplicationKind) -> Best:
        """Return what stands first when it is applied for."""
        return Best(self._ready.match("first", found), self._why(found), apply=kind)

    def units(self, matches: Sequence[Match]) -> list[Unit]:
        """Return a line for each unit, which opens: how it is reached, and each thing it offers."""
        by_unit: dict[str, list[Match]] = {}
        for found in matches:
            by_unit.setdefault(self._kommun.contact_of(found.insats).id, []).append(found)
        return [self._unit(self._kommun.contacts[unit], offers) for unit, offers in by_unit.items()]

    def _unit(self, contact: Contact, offers: Sequence[Match]) -> Unit:
        number = self._kommun.reached_by(contact).phone
        look = "call_again" if number and number in self._numbers else "call_next"
        names = joined([self._ready.match("name", found) for found in offers])
        reach = self._reach(look, contact)
        named = "offer" if len(offers) == 1 else "named"
        return Unit(names, reach, joined([self._ready.match(named, self._new(found)) for found in offers]))

    def _reach(self, look: str, contact: Contact) -> Markup:
        reached = self._kommun.reached_by(contact)
        if reached.phone:
            self._numbers.add(reached.phone)
            self.is_unconfirmed |= reached.confirmed is None
        return self._ready.calling(look, contact, self._kommun, self._at)

    def _lines(self, matches: Sequence[Match]) -> Markup:
        return joined([self._ready.match("line", self._new(found)) for found in matches])

    def _why(self, found: Match) -> Markup:
        return self._ready.match("why", self._new(found))

    def _new(self, found: Match) -> Match:
        """Return it with the reasons that do not stand above already."""
        reasons = tuple(reason for reason in found.reasons if reason not in self._reasons)
        self._reasons.update(reasons)
        return found if len(reasons) == len(found.reasons) else found._replace(reasons=reasons)
