"""The page of the result: whom to contact, what may fit, what to apply for, what did not fit and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response
from markupsafe import Markup

from portal.domain.answers import Answers, Problem, Question
from portal.domain.catalogue import ApplicationKind, Contact
from portal.domain.self_check import Match, match
from portal.web.contacts import Card, card_of
from portal.web.i18n import Voice
from portal.web.portal import catalogue, current_kommun, current_voice, now, pages
from portal.web.self_check.question import acute_lines


@dataclass(frozen=True)
class Unit:
    """One unit to contact, and the matches that lead there."""

    card: Card
    matches: list[Match]


@dataclass(frozen=True)
class Application:
    """One kind of application, and the support that it can lead to."""

    kind: ApplicationKind
    matches: list[Match]


def show_result(answers: Answers, problems: tuple[Problem, ...] = ()) -> Response:
    """Show what fits these answers, and why."""
    kommun, voice = current_kommun(), current_voice()
    matches = match(kommun, catalogue(), answers)
    centre = kommun.contacts[kommun.contact_centre]
    return pages().page(
        "self_check/result.html",
        status=422 if problems else 200,
        block="main",
        matches=matches,
        direct=_units(matches.direct, voice),
        maybe=_units(matches.maybe, voice),
        applications=_applications(matches.apply),
        near=[found for found in matches.near if found.insats.route != "assessed"],
        centre=card_of(centre, kommun, voice, now()),
        lines=acute_lines(answers),
        hidden=catalogue().questions.write_form(answers),
        given=[(question, spoken(question, answers, voice)) for question in _asked(answers)],
        problems=[(problem.field, voice.html_once(problem.says)) for problem in problems],
    )


def _units(matches: Sequence[Match], voice: Voice) -> list[Unit]:
    kommun = current_kommun()
    units: dict[str, Unit] = {}
    for found in matches:
        contact: Contact = kommun.contact_of(found.insats)
        if contact.id not in units:
            units[contact.id] = Unit(card_of(contact, kommun, voice, now()), [])
        units[contact.id].matches.append(found)
    return list(units.values())


def _applications(matches: Sequence[Match]) -> list[Application]:
    kinds = catalogue().application_kinds
    by_kind: dict[str, Application] = {}
    for found in matches:
        kind = kinds[found.insats.application or "other"]
        by_kind.setdefault(kind.id, Application(kind, [])).matches.append(found)
    return list(by_kind.values())


def _asked(answers: Answers) -> list[Question]:
    return [catalogue().questions[question_id] for question_id in answers]


def spoken(question: Question, answers: Answers, voice: Voice) -> Markup | None:
    """Return an answer in words, or None for "don't know"."""
    value = answers[question.id]
    if value is None:
        return None
    if isinstance(value, int):
        return voice.mark(str(value))
    if isinstance(value, tuple):
        return voice.mark(", ".join(map(str, value))) if value else _none(question, voice)
    chosen = [
        option for option in question.options if option.id in (value if isinstance(value, frozenset) else {value})
    ]
    gaps = {"kommun": current_kommun().name, "neighbours": " / ".join(current_kommun().neighbours)}
    return (
        Markup(" · ").join(voice.html_once(option.name, **gaps) for option in chosen)
        if chosen
        else _none(question, voice)
    )


def _none(question: Question, voice: Voice) -> Markup | None:
    return None if question.none is None else voice.html(question.none)
