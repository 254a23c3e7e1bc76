"""The page of one question."""

from collections.abc import Sequence

from flask import Response
from markupsafe import Markup

from portal.domain.catalogue.answers import NONE_OF_THESE, Answers, Question
from portal.domain.catalogue.contacts import Helpline
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.queries import LONGEST_QUERY
from portal.domain.refusals import Problem
from portal.domain.self_check.asking import MOST_QUESTIONS
from portal.domain.self_check.lines import lines_for
from portal.domain.sentences import Sentence
from portal.web.fields import hidden_fields, printable
from portal.web.portal import catalogue, current_kommun, current_voice, now, pages
from portal.web.shown.contacts import card_of
from portal.web.voices.voice import Voice


def show_question(
    question: Question,
    answers: Answers,
    problems: tuple[Problem, ...] = (),
    *,
    typed: tuple[str, ...] = (),
    about: str = "",
    ticked: Sentence | None = None,
    lines: Sequence[Helpline] = (),
    is_change: bool = False,
    status: int = 200,
) -> Response:
    """Show a question with the other answers kept in its form, and what was typed or chosen before in its fields.

    about: what she wrote that it is about, where the topics are asked; ticked: what was made of it; lines: whom it
    says to call.
    """
    bank = catalogue().questions
    others = {question_id: value for question_id, value in answers.items() if question_id != question.id}
    given = tuple(map(printable, typed)) or tuple(
        value for name, value in bank.write_form(answers) if name == question.id and value
    )
    offered = catalogue().options_of(question, current_kommun(), others)
    voice = current_voice()
    gaps = gaps_of(current_kommun())
    return pages().page(
        "self_check/question.html",
        status=status,
        block="main",
        question=question,
        is_change=is_change,
        groups=question.in_groups(offered),
        given=given,
        none_of_these=NONE_OF_THESE,
        hidden=hidden_fields(bank.write_form(others)),
        problems=told(problems, voice),
        has_problem=any(problem.field == question.id for problem in problems),
        title=voice.plain(question.ask, **gaps),
        heading=voice.html_once(question.ask, **gaps),
        gaps=gaps,
        number=len(others) + 1,
        most=MOST_QUESTIONS,
        lines=lines or acute_lines(answers),
        about=printable(about[:LONGEST_QUERY]),
        ticked=ticked,
        longest=LONGEST_QUERY,
    )


def gaps_of(kommun: Kommun) -> dict[str, str]:
    """Return what fills the gaps of questions and options: the kommun's own name and those of its neighbours."""
    return {"kommun": kommun.name, "neighbours": " / ".join(kommun.neighbours)}


def acute_lines(answers: Answers, *, is_empty: bool = False) -> list[Helpline]:
    """Return the lines that stand first because of what the answers say, the one for everything first.

    is_empty: she gets no support at all, so that the lines for her topics are what there is.
    """
    return lines_for(catalogue().helplines, answers, is_empty=is_empty)


def told(problems: tuple[Problem, ...], voice: Voice) -> list[tuple[str, Markup, Markup]]:
    """Return each problem as its field, the name of the answer it is about, and what is wrong."""
    bank = catalogue().questions
    return [
        (
            problem.field,
            Markup("{}: ").format(voice.html(bank[problem.field].short)) if problem.field in bank else Markup(""),
            voice.html_once(problem.says),
        )
        for problem in problems
    ]


def show_stop(question: Question, answers: Answers) -> Response:
    """Say whom to call now, before the ordinary way goes on; she goes on when she chooses."""
    kommun = current_kommun()
    return pages().page(
        "self_check/stop.html",
        block="main",
        lines=acute_lines(answers),
        question=question,
        hidden=hidden_fields(catalogue().questions.write_form(answers)),
        duty=kommun.emergency_duty,
        card=card_of(kommun.contacts[kommun.contact_centre], kommun, current_voice(), now()),
    )
