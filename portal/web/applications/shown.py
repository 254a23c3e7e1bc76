"""The pages of the form: a step, everything before it is sent, a pause, a receipt."""

from collections.abc import Collection, Iterable, Mapping

from flask import Response
from markupsafe import Markup

from portal.actions.applications.attachments import MOST_FILES
from portal.actions.applications.drafts import Draft, Receipt
from portal.domain.applications.consent import SELF
from portal.domain.applications.forms import PROTECTED_FIRST
from portal.domain.applications.identified import is_about
from portal.domain.applications.kinds import UNITS, ApplicationKind
from portal.domain.applications.messages import LONGEST_TEXT
from portal.domain.applications.states import DRAFT_DAYS, Identification
from portal.domain.catalogue.contacts import Contact, Helpline
from portal.domain.refusals import Problem
from portal.domain.self_check.lines import lines_for_needs
from portal.domain.sentences import Sentence, sentence
from portal.store.applications.files import FileInfo
from portal.store.applications.quarantine import LARGEST
from portal.web.applications.eid import identity_in
from portal.web.applications.fields import Field, fields_shown
from portal.web.applications.forms import Filling
from portal.web.applications.steps import CHECK, CONSENT, FILES, PERSON, TITLES
from portal.web.fields import hidden_fields
from portal.web.form_keys import new_key
from portal.web.portal import catalogue, current_kommun, current_voice, now, pages
from portal.web.shown.contacts import Card, card_of

_QUESTION_MARKS = ("?", "؟", "፧")
"""What a question ends with, in the scripts of the portal."""

MEGABYTES = LARGEST // (1024 * 1024)

ADDING_BY_CODE = "adding by code"
"""The form that adds a text where the application is not known before its code is typed."""

NOT_KEPT = sentence("Det gick inte att spara just nu. Det du har skrivit står kvar här. Försök igen om en stund.")
NOT_SENT = sentence("Det gick inte att skicka just nu. Det du har skrivit står kvar här. Försök igen om en stund.")
GONE = sentence("Det du hade sparat finns inte kvar. Det som står här finns kvar. Du kan spara eller skicka igen.")
TOO_FAST = sentence("Många sparar just nu. Det du har skrivit står kvar här. Försök igen om en minut.")


def identification_of(filling: Filling) -> Identification | None:
    """Return who has shown that she fills in this very form; None where nobody has, or too long ago."""
    found = identity_in(filling.identity, current_kommun().id, filling.kind.id)
    return found.shown if found is not None and found.form_key == filling.key.text else None


def acute_lines(kind: ApplicationKind) -> list[Helpline]:
    """Return the lines to call that stand before the form of a kind."""
    return [line for line in catalogue().helplines if line.when & set(kind.acute)]


def contact_card(contact: Contact) -> Card:
    """Return a contact as a page shows it."""
    return card_of(contact, current_kommun(), current_voice(), now())


def show_step(
    filling: Filling,
    step: str,
    *,
    problems: tuple[Problem, ...] = (),
    says: Sentence | None = None,
    files: tuple[FileInfo, ...] = (),
    waiting: tuple[str, ...] = (),
    newer: Collection[object] = (),
    status: int = 200,
) -> Response:
    """Show one step with all that was typed; what the self-check has answered is filled in, and said to be so."""
    voice = current_voice()
    wrong = {problem.field: voice.html(problem.says) for problem in problems}
    names = filling.fields(step)
    fields = fields_shown(filling, names, voice)
    title = _title_of(filling, step)
    return pages().page(
        "applications/check.html" if step == CHECK else "applications/step.html",
        status=status,
        filling=filling,
        kind=filling.kind,
        step=step,
        number=filling.steps.index(step) + 1,
        count=len(filling.steps),
        title=title,
        fields=fields,
        hidden=hidden_fields([*filling.kept(but=names), ("q", step), *changing(filling)]),
        problems=_named(wrong, fields),
        wrong=wrong,
        is_brought=bool(set(filling.brought) & set(names)),
        says=None if says is None else voice.html(says),
        lines=acute_lines(filling.kind),
        protected=PROTECTED_FIRST,
        files=files,
        waiting=waiting,
        newer=newer,
        most_files=MOST_FILES,
        megabytes=MEGABYTES,
        parts=parts_of(filling) if step == CHECK else (),
        insats=current_kommun().insatser.get(filling.form.insats),
        card=contact_card(current_kommun().contact_of_unit(filling.kind.unit)) if status >= 429 else None,
        shown=(shown := identification_of(filling)),
        is_about=shown is not None and is_about(shown, filling.asked),
        can_send_again=says is NOT_SENT,
    )


def _named(wrong: Mapping[str, Markup], fields: Iterable[Field]) -> list[tuple[str, Markup]]:
    """Return each problem with the question that it is about: several of them may be worded alike."""
    asks = {one.name: one.ask for one in fields}
    return [
        (name, Markup("<b>{}</b>{} {}").format(asks[name], _colon_after(asks[name]), says) if name in asks else says)
        for name, says in wrong.items()
    ]


def _colon_after(ask: Markup) -> str:
    return "" if ask.striptags()[-1:] in _QUESTION_MARKS else ":"


def _title_of(filling: Filling, step: str) -> Sentence:
    if step == CONSENT and filling.form.for_whom == SELF:
        return sentence("Vet någon om ansökan?")
    if step == PERSON and filling.form.for_whom != SELF:
        return sentence("Om dig och den som ska få stöd")
    return TITLES[step]


def changing(filling: Filling) -> list[tuple[str, str]]:
    """Return the field that says that a step was reached to change it."""
    return [("changing", "1")] if filling.is_changing else []


def parts_of(filling: Filling) -> list[tuple[str, Sentence, tuple[Field, ...]]]:
    """Return what was answered in each step, with the step's name."""
    voice = current_voice()
    return [
        (step, _title_of(filling, step), fields_shown(filling, filling.fields(step), voice))
        for step in filling.steps
        if step not in (FILES, CHECK)
    ]


def show_paused(filling: Filling, draft: Draft, code: str) -> Response:
    """Say that what is written is kept, by which code one comes back, and until when."""
    return pages().page(
        "applications/paused.html",
        status=201,
        code=code,
        ends_at=draft.ends_at,
        days=DRAFT_DAYS,
        is_identified=bool(filling.identity),
    )


def show_already_sent(filling: Filling, receipt: Receipt) -> Response:
    """Show where the application of a form is that was sent before; its code and its reference were told then.

    What the form holds now may be new: it is shown, and can be added by the code. What was sent is not: a form opens
    nothing.
    """
    kind = filling.kind
    return pages().page(
        "applications/already_sent.html",
        text=filling.asked.wants,
        form_key=new_key(ADDING_BY_CODE),
        longest=LONGEST_TEXT,
        parts=parts_of(filling),
        state=str(receipt.state),
        lines=acute_lines(kind),
        card=contact_card(current_kommun().contact_of_unit(receipt.unit)),
    )


def show_receipt(
    kind: ApplicationKind, receipt: Receipt, facts: Mapping[str, str], *, is_identified: bool = False
) -> Response:
    """Show that an application is with the kommun: whom to call if it cannot wait, its code, what happens and when."""
    contact = current_kommun().contact_of_unit(receipt.unit)
    needs = kind.needs_now(facts)
    return pages().page(
        "applications/receipt.html",
        status=201,
        receipt=receipt,
        unit=UNITS[receipt.unit],
        waits=receipt.waits,
        lines=lines_for_needs(catalogue().helplines, needs, is_child=False) if needs else acute_lines(kind),
        card=contact_card(contact),
        calls_today=bool(needs) or kind.is_urgent(facts),
        duty=current_kommun().emergency_duty,
        is_identified=is_identified,
    )
