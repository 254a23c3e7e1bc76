"""Parts of pages that many visitors share, rendered once for each language and kommun; they hold no person's answer."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from jinja2 import Environment
from markupsafe import Markup

from portal.domain.catalogue.answers import Question
from portal.domain.catalogue.contacts import Contact
from portal.domain.catalogue.insatser import ROUTES, Insats
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.folding import folded
from portal.domain.self_check.matching import Match
from portal.domain.sentences import Sentence
from portal.store.languages.texts import Texts
from portal.web.fields import joined
from portal.web.shown.contacts import card_of
from portal.web.voices.voice import Voice

MOST_CARDS = 20_000
"""More cards than all kommuner have reasons for: past it the store of cards begins anew."""

CardKey = tuple[str, str, tuple[Sentence, ...], tuple[Sentence, ...], tuple[str, ...]]


class Listed(NamedTuple):
    """A list of insatser by the way in to them: what is in it, and how it looks."""

    how_many: int
    by_route: Mapping[str, Markup]


NOTHING_LISTED = Listed(0, {})


class Fragments:
    """The rendered parts of one kommun's pages (or of the pages without a kommun) in one language."""

    def __init__(self, templates: Environment, context: dict[str, Any], around: "Fragments | None" = None) -> None:
        """Render what is shared; `around` has the header and footer of pages that are in two languages."""
        self.context = context
        self._voice: Voice = context["voice"]
        modules = [
            templates.get_template(f"components/{name}.html").make_module(context)
            for name in ("matches", "contact", "frame")
        ]
        self._matches, self._contacts, frame = (module.__dict__ for module in modules)
        self.helplines = templates.get_template("components/helplines.html").make_module(context)
        self.head: Markup = around.head if around else frame["head"]()
        self.bar: Markup = around.bar if around else frame["framed_bar" if context["embedded"] else "bar"]()
        self.foot: Markup = around.foot if around else frame["framed_foot" if context["embedded"] else "foot"]()
        self.switch: Markup = around.switch if around else frame["switch"]()
        self.menu: Markup = around.menu if around else frame["menu"]()
        self.truth: Markup = around.truth if around else frame["truthful"]()
        self.to_swedish: Markup = around.to_swedish if around else frame["to_swedish"]()
        self.right_to_apply: Markup = frame["right_to_apply"]()
        self.how_to_apply: Markup = frame["how_to_apply"]()
        self.no_answer: Markup = self._matches["no_answer"]()
        self.texts: tuple[Texts, ...] = context["texts"]
        self._around: dict[str, tuple[Markup, Markup]] = {}
        self._answers: dict[tuple[str, str], Markup] = {}
        self._cards: dict[CardKey, Markup] = {}
        self._lists: dict[str, Listed] = {}
        self._shown: dict[tuple[str, ...], tuple[datetime, Markup]] = {}

    def answer(self, question: Question, value: str, said: Markup) -> Markup:
        """Return the line of a chosen option in the list of answers given."""
        key = (question.id, value)
        ready = self._answers.get(key)
        if ready is None:
            before, after = self.around(question)
            ready = self._answers[key] = before + said + after
        return ready

    def around(self, question: Question) -> tuple[Markup, Markup]:
        """Return what stands before and after an answer in the list of those given."""
        ready = self._around.get(question.id)
        if ready is None:
            halves = (self._matches["before_answer"](question), self._matches["after_answer"](question))
            ready = self._around[question.id] = halves
        return ready

    @cached_property
    def search_index(self) -> dict[str, str]:
        """Return what each insats is found by, as it is compared: its words in this language and in Swedish."""
        kommun: Kommun = self.context["kommun"]
        return {insats.id: "\n".join(self._searched(insats)) for insats in kommun.insatser.values()}

    def _searched(self, insats: Insats) -> list[str]:
        said = (insats.name, insats.summary, insats.audience, *insats.search)
        return [folded(text) for sentence in said for text in (self._voice.words(sentence), sentence.text)]

    @cached_property
    def in_list(self) -> dict[str, Markup]:
        """Return how each insats looks in the list of all, by its name's place in the alphabet."""
        kommun: Kommun = self.context["kommun"]
        by_name = sorted(kommun.insatser.values(), key=lambda insats: folded(self._voice.words(insats.name)))
        return {insats.id: self._matches["in_list"](insats) for insats in by_name}

    def listed(self, topic: str) -> "Listed":
        """Return the list of all, or of one topic of the catalogue where one is given."""
        ready = self._lists.get(topic)
        if ready is None:
            insatser = self.context["kommun"].insatser
            found = [insatser[name] for name in self.in_list if not topic or topic in insatser[name].topics]
            by_route = {
                route: joined([self.in_list[one.id] for one in found if one.route == route]) for route in ROUTES
            }
            ready = self._lists[topic] = Listed(len(found), by_route)
        return ready

    def match(self, look: str, found: Match) -> Markup:
        """Return one insats of a result as it looks where it stands: first, why, line, take, assessed or near."""
        parts = tuple([part.id for part in found.parts])
        key = (look, found.insats.id, found.reasons, found.to_ask or found.not_met, parts)
        ready = self._cards.get(key)
        if ready is None:
            if len(self._cards) >= MOST_CARDS:
                self._cards.clear()
            ready = self._cards[key] = self._matches[look](found)
        return ready

    def contact(self, contact: Contact, kommun: Kommun, level: str, at: datetime) -> Markup:
        """Return the card of a contact, with a heading of that level."""
        return self._now("contact_card", contact, kommun, at, level)

    def calling(self, look: str, contact: Contact, kommun: Kommun, at: datetime) -> Markup:
        """Return how a contact is reached as it looks where it stands: call_first, call_next or call_again."""
        return self._now(look, contact, kommun, at)

    def _now(self, look: str, contact: Contact, kommun: Kommun, at: datetime, *more: str) -> Markup:
        """Return a contact in that look, made anew every minute because it says whether somebody answers."""
        minute = at.replace(second=0, microsecond=0)
        key = (contact.id, look, *more)
        shown = self._shown.get(key)
        if shown is None or shown[0] != minute:
            card = card_of(contact, kommun, self._voice, minute)
            shown = self._shown[key] = (minute, self._contacts[look](card, *more))
        return shown[1]
