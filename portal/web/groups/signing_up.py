"""Signing up: the form that holds a place while it is filled in, its mistakes, and the receipt."""

from datetime import datetime

from flask import Response, request

from portal.actions.groups.places import my_place
from portal.actions.groups.signing_up import Receipt, hold, is_sent, release, sign_up
from portal.domain.groups.deciding import HOLD
from portal.domain.groups.details import NEEDS, Request
from portal.domain.groups.keeping import CONTACT_DAYS
from portal.domain.groups.planning import BOTH_PARENTS
from portal.domain.refusals import NoSuchGroup, OnlyWaitingIsLeft, Problem, TooManyPlaces
from portal.store.groups.planning import find_seen
from portal.web.form_keys import OPEN_TOO_LONG
from portal.web.groups.calendars import feed_address
from portal.web.groups.forms import SignUpForm
from portal.web.groups.shown import Shown, clock_of, shown, spoken_here, when
from portal.web.people.spoken import INTERPRETED, menu_of
from portal.web.portal import current_kommun, current_language, current_voice, is_sending_mail, now, pages
from portal.web.shown.contacts import card_of
from portal.web.storage import current_storage

_PREFETCH = ("prefetch", "prerender")


def get_shown(group_id: str) -> Shown:
    """Return a group that residents may see; raise NoSuchGroup where there is none."""
    seen = find_seen(current_storage(), current_kommun().id, group_id, now())
    if seen is None:
        raise NoSuchGroup
    return shown(seen)


def regime_of(group: Shown) -> str:
    """Return what may be written down about those who come: without an insats no more than a nickname."""
    return "no_identity" if group.insats is None else group.insats.documentation.regime


def interpreter_for(group: Shown) -> str:
    """Return the interpreter that a form begins with: into the language of the page where the group has another."""
    return "" if group.is_spoken_here or spoken_here() not in INTERPRETED else spoken_here()


def is_only_looking() -> bool:
    """Return whether nobody reads the answer yet: a browser fetches ahead, or only the headers are asked for."""
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return request.method == "HEAD" or any(word in purpose for word in _PREFETCH)


def open_form(group: Shown, form: SignUpForm) -> Response:
    """Show the form with what was typed, its seats kept for fifteen minutes; where none are left, as that of the line.

    A hold is no deed of a person: it ends by itself, so a GET may make it, as it may fill a cache.
    """
    if is_only_looking():
        return show_form(group, form, None)
    try:
        held = hold(current_storage(), group.id, form.key.text, form.seats, now())
    except OnlyWaitingIsLeft:
        return show_form(group, form, None, is_waiting=True)
    return show_form(group, form, held.until_at)


def show_form(
    group: Shown,
    form: SignUpForm,
    until: datetime | None,
    problems: tuple[Problem, ...] = (),
    *,
    is_waiting: bool = False,
    status: int = 200,
) -> Response:
    """Show the form with what was typed, until when its seats are kept, and what is wrong beside each field."""
    voice = current_voice()
    return pages().page(
        "groups/sign_up.html",
        status=status,
        group=group,
        form=form,
        until=None if until is None else clock_of(until),
        until_at=None if until is None else until.isoformat(),
        is_waiting=is_waiting,
        problems=[(problem.field, voice.html(problem.says)) for problem in problems],
        wrong={problem.field: voice.html(problem.says) for problem in problems},
        is_two=form.seats > 1,
        interpreted=menu_of(INTERPRETED, voice),
        needs_there_are=NEEDS,
        both_parents=BOTH_PARENTS,
        contact_days=CONTACT_DAYS,
    )


def send_form(group: Shown, form: SignUpForm) -> Response:
    """Sign up with what was typed, and answer with the receipt; the same form again tells what became of it.

    The receipt is the answer itself: after a redirect its code would have to stand in an address.
    """
    until = _until_in(form)
    if form.key.is_old and not is_sent(current_storage(), group.id, form.key.text):
        problems = (Problem("form_key", OPEN_TOO_LONG), *form.problems)
        return show_form(group, form.renewed(), None, problems, is_waiting=form.may_wait, status=409)
    if form.problems:
        return show_form(group, form, until, form.problems, is_waiting=form.may_wait, status=422)
    asked = Request(form.key.text, form.details, current_language().tag, form.regime, form.seats, form.may_wait)
    try:
        receipt = sign_up(current_storage(), group.id, asked, now())
    except TooManyPlaces as refusal:
        field = "email" if form.details.email else "phone"
        return show_form(group, form, until, (Problem(field, refusal.says),), is_waiting=form.may_wait, status=409)
    except OnlyWaitingIsLeft as refusal:
        return show_form(group, form, None, (Problem("may_wait", refusal.says),), is_waiting=True, status=409)
    return show_receipt(group, receipt, has_email=bool(form.details.email) and is_sending_mail())


def show_receipt(group: Shown, receipt: Receipt, *, has_email: bool) -> Response:
    """Show what a form became: with its code the first time, and later where the place is now."""
    kommun, voice = current_kommun(), current_voice()
    return pages().page(
        "groups/receipt.html" if receipt.code is not None else "groups/already_sent.html",
        status=201 if receipt.code is not None else 200,
        group=group,
        receipt=receipt,
        has_email=has_email,
        sends_mail=is_sending_mail(),
        until=None if receipt.until_at is None else when(receipt.until_at, voice),
        card=card_of(group.contact, kommun, voice, now()),
        feed=None if receipt.code is None else feed_address(my_place(current_storage(), receipt.code, now())),
    )


def leave_form(group: Shown, form: SignUpForm) -> Response:
    """Let go of the seats that the form held, and go back to the group."""
    release(current_storage(), group.id, form.key.text, now())
    address = f"{request.script_root}/{current_language().tag}/{current_kommun().id}/groups/{group.id}"
    return Response(status=303, headers={"Location": address})


def _until_in(form: SignUpForm) -> datetime | None:
    """Return until when the form said that its seats are kept, while that is to come."""
    try:
        until = datetime.fromisoformat(form.sent.get("until", ""))
    except ValueError:
        return None
    return until if until.tzinfo is not None and now() < until <= now() + HOLD else None
