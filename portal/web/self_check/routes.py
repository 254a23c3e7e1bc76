"""The self-check: answers come in the body of a POST and leave with the page; nothing here remembers."""

from collections.abc import Mapping

from flask import Blueprint, Response, abort, request

from portal.domain.catalogue.answers import Answer, Answers, Question, problem_nothing_chosen
from portal.domain.refusals import Problem
from portal.domain.self_check.asking import next_known
from portal.domain.self_check.known import Known
from portal.domain.self_check.lines import cannot_wait
from portal.domain.self_check.matching import match_known
from portal.web.portal import catalogue, current_kommun, is_embedded, show_in_both
from portal.web.security import FRAMED_BY
from portal.web.self_check.question import show_question, show_stop
from portal.web.self_check.result import show_result
from portal.web.self_check.topics import show_topics

blueprint = Blueprint("self_check", __name__)

# Fields of the form that are not questions: which question the page asked, and which button was pressed.
# changing: the question was reached from the result, to change its answer.
# beside: the result is to be shown in two languages.
# go_on: she has seen whom to call now, and chooses to go on.  at_stop: the page said whom to call now.
ASKED, SKIP, BACK, CHANGE, STAY, CHANGING, BESIDE = "q", "skip", "back", "change", "stay", "changing", "beside"
# about: what it is about in her own words, on the first question; it only ticks topics, and goes no further.
GO_ON, AT_STOP, ABOUT, FIND = "go_on", "at_stop", "about", "find"
BUTTONS = (ASKED, SKIP, BACK, CHANGE, STAY, CHANGING, BESIDE, GO_ON, AT_STOP, ABOUT, FIND)


@blueprint.before_request
def let_be_framed() -> None:
    """Let the kommun's own sites, and no other, show this in a frame; 404 where it has named none."""
    if is_embedded():
        sites = current_kommun().embed_in
        if not sites:
            abort(404)
        request.environ[FRAMED_BY] = " ".join(sites)


@blueprint.get("")
def begin() -> Response:
    """Show the first question; a link of the kommun may tick a topic, which is an answer only when she goes on."""
    topic = catalogue().topics.get(request.args.get("topic", ""))
    # Whoever comes from a page about violence need not have it in an address.
    ticked = () if topic is None or topic.safety else (topic.id,)
    return show_question(catalogue().questions["topics"], {}, typed=ticked)


@blueprint.post("")
def answer() -> Response:
    """Take the answers so far; answer with the next question, or the result."""
    bank = catalogue().questions
    fields = list(request.form.items(multi=True))
    answers, problems = bank.read_form([(name, value) for name, value in fields if name not in BUTTONS])
    pressed = {name: value for name, value in fields if name in BUTTONS}
    asked = bank.get(pressed.get(ASKED, ""))
    is_change = CHANGING in pressed
    if BESIDE in pressed:
        show_in_both()
        return _next(answers, problems)
    if STAY in pressed and AT_STOP in pressed and asked is not None and cannot_wait(asked.id, answers):
        return show_stop(asked, answers)
    if STAY in pressed:
        return _stay(asked, answers, about=pressed.get(ABOUT, ""), is_change=is_change)
    if BACK in pressed:
        return _next(answers) if is_change else _back(asked, answers)
    if CHANGE in pressed and pressed[CHANGE] in bank:
        return show_question(bank[pressed[CHANGE]], answers, is_change=True)
    if SKIP in pressed and asked is not None:
        return _next({**answers, asked.id: None}, _except(problems, asked))
    if asked is not None and asked.id == "topics" and _is_to_be_found(pressed, answers):
        return show_topics(asked, answers, pressed.get(ABOUT, ""), is_change=is_change)
    if asked is not None and not problems and answers.get(asked.id) is None:
        return show_question(asked, answers, (problem_nothing_chosen(asked),), is_change=is_change, status=422)
    if asked is not None and not problems and GO_ON not in pressed and cannot_wait(asked.id, answers):
        return show_stop(asked, answers)
    return _next(answers, problems)


def _is_to_be_found(pressed: Mapping[str, str], answers: Mapping[str, Answer]) -> bool:
    """Return whether she asks what her words are about: Enter on a topic presses the first button of the form too."""
    return bool(pressed.get(ABOUT, "").strip()) or (FIND in pressed and not answers.get("topics"))


def _except(problems: tuple[Problem, ...], asked: Question) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if problem.field != asked.id)


def _next(answers: dict[str, Answer], problems: tuple[Problem, ...] = ()) -> Response:
    bank, kommun = catalogue().questions, current_kommun()
    wrong = next((bank[problem.field] for problem in problems if problem.field in bank), None)
    if wrong is not None:
        return show_question(wrong, answers, problems, typed=tuple(request.form.getlist(wrong.id)), status=422)
    known = Known(kommun, answers)
    question = next_known(known, catalogue())
    if question is None:
        return show_result(answers, match_known(known, catalogue()), problems)
    return show_question(question, answers, problems, status=422 if problems else 200)


def _stay(asked: Question | None, answers: dict[str, Answer], *, about: str, is_change: bool) -> Response:
    """Show the same page again, with what was typed: the language has changed."""
    if asked is None:
        return _next(answers)
    typed = tuple(request.form.getlist(asked.id))
    return show_question(asked, answers, typed=typed, about=about, is_change=is_change)


def _back(asked: Question | None, answers: dict[str, Answer]) -> Response:
    """Show the question before the one asked, with its answer."""
    before = [question_id for question_id in answers if asked is None or question_id != asked.id]
    if not before:
        return begin()
    bank = catalogue().questions
    kept: Answers = {question_id: answers[question_id] for question_id in before}
    return show_question(bank[before[-1]], kept)
