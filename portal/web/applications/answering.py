"""What the buttons of the form do. Nothing is on disk before the resident pauses, adds a file or sends.

All that was typed travels in the form, so every step works while the database is down, and nothing typed is lost by it.
No session and no cookie: a page of somebody else's can make no browser act for its visitor, as it knows no code.
"""

from collections.abc import Callable

from flask import Response, current_app

from portal.actions.applications.drafts import Draft, begin_application, save_draft
from portal.domain.applications.kinds import ApplicationKind
from portal.domain.refusals import ApplicationIsSent, BadApplication, NoSuchApplication
from portal.store.database import DatabaseIsDown
from portal.web.applications.filling import filling_of, new_filling
from portal.web.applications.forms import Filling, Sent, brought_from, sent_of
from portal.web.applications.pace import DRAFTS, Pace
from portal.web.applications.sending import send_all, show_form, without_draft
from portal.web.applications.shown import NOT_KEPT, TOO_FAST, show_paused, show_step
from portal.web.applications.steps import CHECK, FILES
from portal.web.applications.uploading import check_takes_files, remove
from portal.web.portal import catalogue, current_kommun, current_language, current_voice, now
from portal.web.storage import current_storage


def begin(kind: ApplicationKind, sent: Sent) -> Response:
    """Show the first step; what is known before is the language of the page, and the insats she came from."""
    return _next(new_filling(kind, sent), None)


def bring_along(kind: ApplicationKind, sent: Sent) -> Response:
    """Begin with the answers of the self-check, because she chose it: what they say is not asked again."""
    answers, _ = catalogue().questions.read_form(
        [(name, value) for name, value in sent.items(multi=True) if name in catalogue().questions]
    )
    chosen, voice = answers.get("topics"), current_voice()
    topics = chosen if isinstance(chosen, frozenset) else frozenset()
    names = [voice.words(topic.name) for topic in catalogue().topics.values() if topic.id in topics]
    fields = brought_from(answers, "\n".join(names))
    brought = " ".join(name for name in fields if name != "wants")
    filling = new_filling(kind, Sent()).with_fields(**fields, brought=brought)
    return _next(filling, None)


def answer(kind: ApplicationKind, sent: Sent) -> Response:
    """Do what a button says with what was typed."""
    filling, pressed = filling_of(kind, sent), sent.get("do", "")
    if "stay" in sent:
        return show_form(filling, filling.step)
    if "back" in sent:
        return _back(filling)
    verb, _, rest = pressed.partition(".")
    if verb == "change" and rest in filling.steps:
        return show_form(filling.with_fields(changing="1"), rest)
    deeds: dict[str, Callable[[Filling], Response]] = {"pause": pause, "attach": attach, "send": send_all}
    if verb in ("attach", "remove"):
        check_takes_files(filling)
    if verb in deeds:
        return deeds[verb](filling)
    if verb == "remove":
        return remove(filling, rest)
    return _forward(filling)


def _forward(filling: Filling) -> Response:
    step = filling.step
    problems = filling.problems_in(step)
    if problems:
        return show_form(filling, step, problems, status=422)
    return _next(_kept_if_begun(filling), step)


def _next(filling: Filling, step: str | None) -> Response:
    """Show what comes after a step; after a change that is the first thing it left open, or the check."""
    place = -1 if step is None else filling.steps.index(step)
    after = filling.steps[place + 1 :]
    if filling.is_changing:
        filling = filling.with_fields(changing="")
        opened = [one for one in filling.steps if filling.problems_in(one)]
        opened += [one for one in after if filling.is_unasked(one)]
        return show_form(filling, next((one for one in filling.steps if one in opened), CHECK))
    return show_form(filling, after[0] if after else CHECK)


def _back(filling: Filling) -> Response:
    if filling.is_changing:
        return show_form(filling.with_fields(changing=""), CHECK)
    place = filling.steps.index(filling.step)
    return show_form(filling, filling.steps[max(place - 1, 0)])


def _kept_if_begun(filling: Filling) -> Filling:
    """Keep what was typed where she has paused or added a file before; it is in the form whatever happens."""
    if not filling.code:
        return filling
    try:
        save_draft(current_storage(), filling.code, filling.form, now(), lang=current_language().tag)
    except NoSuchApplication:
        return without_draft(filling)
    except (ApplicationIsSent, BadApplication, DatabaseIsDown):
        return filling
    return filling


def _keep(filling: Filling) -> tuple[str, Draft]:
    """Put what was typed on disk, and return the code that opens it."""
    storage, kommun, at = current_storage(), current_kommun().id, now()
    if filling.code:
        try:
            return filling.code, save_draft(storage, filling.code, filling.form, at, lang=current_language().tag)
        except NoSuchApplication:
            filling = without_draft(filling)
    code = begin_application(storage, kommun, filling.kind, filling.key.text, current_language().tag, at).code
    return code, save_draft(storage, code, filling.form, at, lang=current_language().tag)


def _kept_or(filling: Filling, then: Callable[[str, Draft], Response]) -> Response:
    """Keep what was typed and go on; whatever stands in the way, show the same step with everything in it."""
    if not drafts_so_far().may(now()):
        return show_step(filling, filling.step, says=TOO_FAST, status=429)
    try:
        code, draft = _keep(filling)
    except BadApplication as refusal:
        wrong = {problem.field for problem in refusal.problems}
        step = next((one for one in filling.steps if wrong & set(filling.fields(one))), filling.step)
        return show_step(filling, step, problems=refusal.problems, status=422)
    except ApplicationIsSent:
        return send_all(filling)
    except DatabaseIsDown:
        return show_step(filling, filling.step, says=NOT_KEPT, status=503)
    return then(code, draft)


def pause(filling: Filling) -> Response:
    """Keep what was typed, and show the code to come back with."""
    return _kept_or(filling, lambda code, draft: show_paused(filling, draft, code))


def attach(filling: Filling) -> Response:
    """Keep what was typed, because files need a place on disk, and show where they are added."""
    return _kept_or(
        filling, lambda code, draft: show_step(filling.with_fields(code=code), FILES, files=draft.files, status=201)
    )


def resume(kind: ApplicationKind, draft: Draft, code: str) -> Response:
    """Go on with a draft: where something is missing, or with everything before it is sent."""
    filling = filling_of(kind, sent_of(draft.form)).with_fields(code=code)
    return show_form(filling, filling.first_wrong() or CHECK)


def drafts_so_far() -> Pace:
    """Return how many have been put on disk in the last minute."""
    found: Pace = current_app.extensions.setdefault("draft_pace", Pace(DRAFTS))
    return found
