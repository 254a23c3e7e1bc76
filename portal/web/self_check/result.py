"""The page of the result: whom to contact, what may fit, what to apply for, what did not fit and why."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain, repeat

from flask import Response
from markupsafe import Markup

from portal.domain.applications.kinds import ApplicationKind
from portal.domain.catalogue.answers import Answer, Answers, Question
from portal.domain.catalogue.facts import acute_needs
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.refusals import Problem
from portal.domain.self_check.lines import is_under_age
from portal.domain.self_check.matching import Match, Matches
from portal.web.fields import hidden_fields, joined
from portal.web.portal import (
    application_rules,
    catalogue,
    current_kommun,
    current_language,
    current_voice,
    fragments,
    is_in_both,
    now,
    own_address,
    pages,
)
from portal.web.self_check.laid_out import Best, Page
from portal.web.self_check.question import acute_lines, gaps_of, told
from portal.web.shown.fragments import Fragments
from portal.web.shown.qr import MOST_CHARACTERS, qr_code
from portal.web.voices.voice import Voice


def show_result(answers: Answers, matches: Matches, problems: tuple[Problem, ...] = ()) -> Response:
    """Show what fits these answers, and why."""
    kommun, voice, ready = current_kommun(), current_voice(), fragments()
    bank, gaps = catalogue().questions, gaps_of(kommun)
    page = Page(kommun, ready, now())
    best, rest = _best(matches, page, kommun)
    # 112 stands at the head of every page; here it comes after those who listen.
    is_empty = not (matches.direct or matches.maybe or matches.apply)
    lines = sorted(acute_lines(answers, is_empty=is_empty), key=lambda line: line.always)
    is_urgent, duty = bool(acute_needs(answers)), kommun.emergency_duty
    direct, maybe = page.units(rest.direct), page.units(rest.maybe)
    return pages().page(
        "self_check/result.html",
        status=422 if problems else 200,
        block="main",
        best=best,
        direct=direct,
        maybe=maybe,
        centre=None if matches.direct or matches.maybe else _centre(kommun, ready),
        is_unconfirmed=page.is_unconfirmed or (is_urgent and duty is not None and duty.confirmed is None),
        applications=_applications(matches.apply, ready),
        near=joined([ready.match("near", found) for found in matches.near if found.insats.route != "assessed"]),
        takes=joined([ready.match("take", found) for found in (*matches.direct, *matches.maybe)]),
        lines=lines,
        is_urgent=is_urgent,
        duty=duty,
        is_young=is_under_age(answers),
        says_no=answers.get("guardian_consent") == "no",
        hidden=hidden_fields(bank.write_form(answers)),
        counted=hidden_fields(_to_count(answers, matches)),
        given=joined([_given(bank[asked], value, voice, ready, gaps) for asked, value in answers.items()]),
        problems=told(problems, voice),
        code=_code_of_list(matches) if is_in_both() else None,
    )


def _best(matches: Matches, page: Page, kommun: Kommun) -> tuple[Best | None, Matches]:
    """Return what stands first, and the lists without it; what its own unit offers besides stands with it."""
    first = matches.first
    if first is None:
        return None, matches
    if any(found is first for found in matches.apply):
        return page.to_apply_for(first, application_rules().kinds[first.insats.application or "other"]), matches
    unit = kommun.contact_of(first.insats).id
    listed = matches.direct if any(found is first for found in matches.direct) else matches.maybe
    beside = [found for found in listed if found is not first and kommun.contact_of(found.insats).id == unit]
    shown = {first.insats.id, *(found.insats.id for found in beside)}
    rest = replace(
        matches,
        direct=tuple(found for found in matches.direct if found.insats.id not in shown),
        maybe=tuple(found for found in matches.maybe if found.insats.id not in shown),
    )
    return page.to_contact(first, beside, is_sure=listed is matches.direct), rest


def _centre(kommun: Kommun, ready: Fragments) -> Markup:
    """Return the nearest human being, for whoever nothing fits for sure."""
    return ready.contact(kommun.contacts[kommun.contact_centre], kommun, "h3", now())


def _code_of_list(matches: Matches) -> Markup | None:
    """Return the QR code of the list of what is shown, as long as it can be read: it holds insatser, never answers."""
    root = own_address()
    if root is None:
        return None
    address = f"{root}{current_language().tag}/{current_kommun().id}/my-list"
    for sign, found in zip(chain("?", repeat("&")), (*matches.direct, *matches.maybe), strict=False):
        longer = f"{address}{sign}i={found.insats.id}"
        if len(longer) > MOST_CHARACTERS:
            break
        address = longer
    return qr_code(address)


def _to_count(answers: Answers, matches: Matches) -> list[tuple[str, str]]:
    """Return all that is sent when she presses the button that lets her be counted; pressing it is up to her."""
    chosen = answers.get("topics")
    topics = [topic for topic in catalogue().topics if isinstance(chosen, frozenset) and topic in chosen]
    return [("direct", "yes" if matches.direct else "no"), *(("topic", topic) for topic in topics)]


def _applications(matches: Sequence[Match], ready: Fragments) -> list[tuple[ApplicationKind, Markup]]:
    """Return each kind of application with the support that it can lead to."""
    kinds = application_rules().kinds
    by_kind: dict[str, list[Markup]] = {}
    for found in matches:
        by_kind.setdefault(found.insats.application or "other", []).append(ready.match("assessed", found))
    return [(kinds[kind], joined(items)) for kind, items in by_kind.items()]


def _given(question: Question, value: Answer, voice: Voice, ready: Fragments, gaps: Mapping[str, str]) -> Markup:
    """Return one line of the answers given, with a button to change it."""
    if isinstance(value, str):
        option = question.option(value)
        if option is not None:
            return ready.answer(question, value, voice.html_of_option(option.name, gaps))
    before, after = ready.around(question)
    said = spoken(question, value, voice, gaps)
    return joined((before, ready.no_answer if said is None else said, after))


def spoken(question: Question, value: Answer, voice: Voice, gaps: Mapping[str, str]) -> Markup | None:
    """Return an answer in words, or None for "don't know"."""
    if value is None:
        return None
    if isinstance(value, int):
        return Markup(value)  # noqa: S704 - a number
    if isinstance(value, tuple):
        return Markup(", ".join(map(str, value))) if value else _none(question, voice)  # noqa: S704 - numbers
    wanted = value if isinstance(value, frozenset) else (value,)
    chosen = [voice.html_of_option(option.name, gaps) for option in question.options if option.id in wanted]
    return Markup(" · ").join(chosen) if chosen else _none(question, voice)


def _none(question: Question, voice: Voice) -> Markup | None:
    return None if question.none is None else voice.html(question.none)
