"""The contacts of a kommun, for its editors: change, confirm, close and open again."""

from datetime import date

from flask import Response, abort, current_app, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from portal.actions.catalogue import notices as deeds
from portal.domain.catalogue.contacts import Confirmation, Contact
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.notices import Edited
from portal.domain.catalogue.opening import WEEKDAYS, Hours
from portal.domain.people.emails import email_of
from portal.domain.people.phone_numbers import phone_of
from portal.domain.refusals import BadContact, ChangedMeanwhile
from portal.domain.sentences import Sentence, sentence
from portal.domain.staff.roles import Deed
from portal.domain.versions import version_of
from portal.web.portal import catalogue, now
from portal.web.staff.access import current_actor, for_deed, room
from portal.web.staff.drafts import Typed
from portal.web.staff.pages import lead_to, page, seen_version, storage, tell

SPANS = (1, 2)
"""Opening hours of one day: before and after lunch."""

DAYS: dict[str, Sentence] = dict(
    zip(
        WEEKDAYS,
        (
            sentence("Måndag"),
            sentence("Tisdag"),
            sentence("Onsdag"),
            sentence("Torsdag"),
            sentence("Fredag"),
            sentence("Lördag"),
            sentence("Söndag"),
        ),
        strict=True,
    )
)

_WRONG = {
    "unit": sentence("Skriv vad enheten heter."),
    "phone": sentence("Numret ser inte rätt ut. Så här kan det se ut: 070-174 06 05."),
    "email": sentence("E-posten ser inte rätt ut. Så här kan den se ut: namn@example.se."),
    "hours": sentence("Skriv både öppnar och stänger. Stänger ska vara senare än öppnar."),
    "confirmed_by": sentence("Skriv vem som har bekräftat."),
    "first_on": sentence("Skriv den första dagen. Den ska inte vara efter den sista."),
    "last_on": sentence("Skriv den sista dagen, i dag eller senare."),
    "reason": sentence("Skriv varför, högst 120 tecken."),
}


def _kommun() -> Kommun:
    """Return the kommun as the catalogue has it: what an editor changes is laid over that."""
    return catalogue().kommuner[current_actor().kommun]


@room.get("/contacts")
@for_deed(Deed.EDIT_CONTACTS)
def list_contacts() -> Response:
    """Show every contact of the kommun: what is confirmed, what is closed."""
    return page("contacts", notices=deeds.notices_of(storage(), current_actor()), today=now().date())


@room.get("/contacts/<contact_id>")
@for_deed(Deed.EDIT_CONTACTS)
def edit_contact(contact_id: str) -> Response:
    """Show everything of a contact that can be changed."""
    return _page(contact_id, {}, None)


def _page(
    contact_id: str, problems: dict[str, Sentence], given: MultiDict[str, str] | None, *, is_old: bool = False
) -> Response:
    """Show the forms. With an old page what stands now is shown beside what was typed."""
    known = deeds.notices_of(storage(), current_actor())
    own = _kommun().contacts.get(contact_id) or abort(404)
    edited = known.edited.get(contact_id)
    return page(
        "contact",
        422 if problems else 409 if is_old else 200,
        contact=own,
        through=_kommun().contacts.get(own.through or ""),
        edited=edited,
        closures=[one for one in known.closures.get(contact_id, ()) if one.last_on >= now().date()],
        given=MultiDict(_given_of(own, edited)) if given is None else given,
        version=given["seen"] if given and "seen" in given and not is_old else version_of(edited),
        stands=MultiDict(_given_of(own, edited)) if is_old else None,
        problems=problems,
        days=DAYS,
        spans=SPANS,
        hours_of=_hours_of,
        today=now().date(),
    )


def _hours_of(form: MultiDict[str, str], day: str) -> str:
    """Return the opening hours of a day in one line, to be held against another."""
    times = [(form.get(f"opens-{day}-{span}", ""), form.get(f"closes-{day}-{span}", "")) for span in SPANS]
    return " ".join(f"{opens}–{closes}" for opens, closes in times if opens or closes)


def _given_of(contact: Contact, edited: Edited | None) -> dict[str, str]:
    """Return a contact as its form has it."""
    shown = edited or contact
    unit = edited.unit if edited is not None else contact.unit.text
    # Who confirms stands on the public pages: the kommun, unless the editor writes somebody else.
    by = edited.confirmed.by if edited is not None else _kommun().full_name
    given = {"unit": unit, "phone": shown.phone or "", "email": shown.email or "", "confirmed_by": by}
    for day, name in enumerate(WEEKDAYS):
        spans = sorted((one for one in shown.hours if one.weekday == day), key=lambda one: one.opens)
        for number, span in zip(SPANS, spans, strict=False):
            given[f"opens-{name}-{number}"] = f"{span.opens:%H:%M}"
            given[f"closes-{name}-{number}"] = f"{span.closes:%H:%M}"
    return given


@room.post("/contacts/<contact_id>")
@for_deed(Deed.EDIT_CONTACTS)
def save_contact(contact_id: str) -> AnyResponse:
    """Say how a contact is reached, confirmed today; every page shows it at once."""
    typed = Typed(request.form)
    hours = _read_hours(typed)
    confirmed_by = typed.word("confirmed_by")
    wrong = dict.fromkeys("hours" if "-" in name else name for name in typed.wrong)
    if not confirmed_by:
        wrong["confirmed_by"] = None
    phone, email = phone_of(typed.word("phone")), email_of(typed.word("email"))
    edited = Edited(typed.word("unit"), phone, email, hours, Confirmation(now().date(), confirmed_by))
    try:
        if wrong:
            raise BadContact(tuple(wrong))
        deeds.edit_contact(storage(), current_actor(), _kommun(), contact_id, edited, now(), seen=seen_version())
    except BadContact as refusal:
        return _page(contact_id, {name: _WRONG[name] for name in refusal.fields}, request.form)
    except ChangedMeanwhile:
        return _page(contact_id, {}, request.form, is_old=True)
    return _shown_at_once(contact_id)


def _read_hours(typed: Typed) -> tuple[Hours, ...]:
    found = []
    for day, name in enumerate(WEEKDAYS):
        for number in SPANS:
            opens, closes = typed.time(f"opens-{name}-{number}"), typed.time(f"closes-{name}-{number}")
            if opens is not None and closes is not None:
                found.append(Hours(day, opens, closes))
            elif opens is not None or closes is not None:
                typed.wrong.append("hours")
    return tuple(found)


def _shown_at_once(contact_id: str) -> AnyResponse:
    current_app.extensions["room"].board.look_now()
    tell(sentence("Sparat. Det syns på sidorna nu."))
    return lead_to("edit_contact", contact_id=contact_id)


@room.post("/contacts/<contact_id>/restore")
@for_deed(Deed.EDIT_CONTACTS)
def restore_contact(contact_id: str) -> AnyResponse:
    """Let the catalogue's own words stand again."""
    try:
        deeds.restore_contact(storage(), current_actor(), _kommun(), contact_id, now(), seen=seen_version())
    except ChangedMeanwhile:
        return _page(contact_id, {}, None, is_old=True)
    return _shown_at_once(contact_id)


@room.post("/contacts/<contact_id>/close")
@for_deed(Deed.EDIT_CONTACTS)
def close_contact(contact_id: str) -> AnyResponse:
    """Say that a unit is closed from one day to another."""
    typed = Typed(request.form)
    first_on, last_on, reason = typed.day("first_on"), typed.day("last_on"), typed.word("reason")
    try:
        if first_on is None or last_on is None:
            raise BadContact(tuple(name for name in ("first_on", "last_on") if typed.day(name) is None))
        _close(contact_id, first_on, last_on, reason)
    except BadContact as refusal:
        given = MultiDict(_given_of(*_own_and_edited(contact_id)) | request.form.to_dict())
        return _page(contact_id, {name: _WRONG[name] for name in refusal.fields}, given)
    return _shown_at_once(contact_id)


def _close(contact_id: str, first_on: date, last_on: date, reason: str) -> None:
    deeds.close_contact(storage(), current_actor(), _kommun(), contact_id, first_on, last_on, reason, now())


def _own_and_edited(contact_id: str) -> tuple[Contact, Edited | None]:
    own = _kommun().contacts.get(contact_id) or abort(404)
    return own, deeds.notices_of(storage(), current_actor()).edited.get(contact_id)


@room.post("/contacts/<contact_id>/open/<closure_id>")
@for_deed(Deed.EDIT_CONTACTS)
def open_contact(contact_id: str, closure_id: str) -> AnyResponse:
    """Take a closure away before its time."""
    deeds.open_contact(storage(), current_actor(), closure_id, now())
    return _shown_at_once(contact_id)
