"""My place: what one sees and does with a code. The code comes in the body of each POST, and acts alone.

There is no session and no cookie, so a page of somebody else's can make no browser act for its visitor: it would have
to know the code, or the key in the form of a sign-up. That is why no form here carries a token against forgery.
"""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urljoin

from flask import Response, request

from portal.actions.groups.places import (
    Place,
    accept_offer,
    ask_for_interpreter,
    change_contact,
    decline_offer,
    my_place,
    withdraw,
)
from portal.domain.groups.planning import Seen
from portal.domain.groups.sign_ups import State
from portal.domain.people.emails import email_of
from portal.domain.people.phone_numbers import phone_of
from portal.domain.people.reach import problems_of_interpreter, problems_of_reach
from portal.domain.references import read_code
from portal.domain.refusals import NoSuchPlace, NothingIsOffered, OfferHasEnded, PlaceIsGone, Problem, TooManyPlaces
from portal.domain.sentences import Sentence, sentence
from portal.store.storage import Storage
from portal.web.groups.calendars import feed_address
from portal.web.groups.forms import WRONG_LANGUAGE, Sent, text
from portal.web.groups.shown import Shown, contact_of, shown, when
from portal.web.people.slowing import is_one_too_many
from portal.web.people.spoken import INTERPRETED, menu_of
from portal.web.portal import current_kommun, current_language, current_voice, now, own_address, pages
from portal.web.shown.contacts import card_of
from portal.web.storage import current_storage

Deed = Callable[[Storage, str, datetime], Place]

DEEDS: dict[str, Deed] = {"withdraw": withdraw, "decline": decline_offer, "accept": accept_offer}
"""The buttons that need nothing but the code, and what each does."""

ASKED_FIRST = {"leave": "withdraw", "no_thanks": "decline"}
"""The buttons that are asked about once more, and the deed that follows a yes."""

_CHANGED = sentence("Ändringen är sparad.")


def show_code_form(typed: str = "", problem: Sentence | None = None, *, status: int = 200) -> Response:
    """Ask for the code, with what was typed and what is wrong with it."""
    voice = current_voice()
    kommun = current_kommun()
    return pages().page(
        "groups/my_place.html",
        status=status,
        typed=typed,
        problem=None if problem is None else voice.html(problem),
        centre=kommun.contacts[kommun.contact_centre],
    )


def answer(sent: Sent) -> Response:
    """Do what a button says with the place that the code opens, and show it."""
    typed = text(sent, "code")
    code = read_code(typed)
    try:
        # What is no code at all takes the same way: an answer never tells a code that was from one that never was.
        if code is None:
            raise NoSuchPlace
        return _with_place(code, sent)
    except NoSuchPlace as refusal:
        if code is not None and is_one_too_many(code, now()):
            return show_slowed()
        return show_code_form(typed, refusal.says, status=422)


def show_slowed() -> Response:
    """Say that there were too many wrong codes, and what to do."""
    kommun = current_kommun()
    card = card_of(kommun.contacts[kommun.contact_centre], kommun, current_voice(), now())
    response = pages().page("groups/slowed.html", status=429, card=card)
    response.headers["Retry-After"] = "600"
    return response


def _with_place(code: str, sent: Sent) -> Response:
    place = my_place(current_storage(), code, now())
    if place.group.kommun != current_kommun().id:
        # She took the address of another kommun; a 307 sends the same body there.
        address = f"{request.script_root}/{current_language().tag}/{place.group.kommun}/my-place"
        return Response(status=307, headers={"Location": address})
    pressed = sent.get("do", "")
    if pressed in ASKED_FIRST:
        return show_question(place, code, ASKED_FIRST[pressed])
    if pressed in DEEDS:
        return _do(code, DEEDS[pressed])
    if pressed == "contact":
        return _change_contact(place, code, sent)
    if pressed == "interpreter":
        return _ask_for_interpreter(place, code, sent)
    return show_place(place, code)


def _do(code: str, deed: Deed) -> Response:
    try:
        return show_place(deed(current_storage(), code, now()), code)
    except NothingIsOffered as refusal:
        return show_place(my_place(current_storage(), code, now()), code, says=refusal.says, status=409)
    except (OfferHasEnded, PlaceIsGone):
        # What has become of the place is what its page says first.
        return show_place(my_place(current_storage(), code, now()), code, status=409)


def _change_contact(place: Place, code: str, sent: Sent) -> Response:
    email, phone = email_of(text(sent, "email")), phone_of(text(sent, "phone"))
    problems = problems_of_reach(email, phone)
    if problems:
        return show_place(place, code, problems=problems, typed={"email": email, "phone": phone}, status=422)
    return _changed(code, lambda: change_contact(current_storage(), code, email, phone, now()))


def _ask_for_interpreter(place: Place, code: str, sent: Sent) -> Response:
    language = text(sent, "interpreter")
    problems = problems_of_interpreter(language)
    if problems or language not in ("", *INTERPRETED):
        return show_place(place, code, problems=problems or (Problem("interpreter", WRONG_LANGUAGE),), status=422)
    return _changed(code, lambda: ask_for_interpreter(current_storage(), code, language or None, now()))


def _changed(code: str, change: Callable[[], Place]) -> Response:
    try:
        return show_place(change(), code, says=_CHANGED)
    except (PlaceIsGone, TooManyPlaces) as refusal:
        return show_place(my_place(current_storage(), code, now()), code, says=refusal.says, status=409)


def show_question(place: Place, code: str, deed: str) -> Response:
    """Ask once more before what cannot be undone."""
    return pages().page("groups/sure.html", code=code, deed=deed, is_waiting=place.sign_up.state is State.WAITING)


def show_place(
    place: Place,
    code: str,
    *,
    says: Sentence | None = None,
    problems: tuple[Problem, ...] = (),
    typed: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    """Show a place with all that can be done with it now."""
    voice, details = current_voice(), place.details
    until = place.sign_up.until_at
    contact = contact_of(place.group, current_kommun())
    feed = feed_address(place)
    return pages().page(
        "groups/place.html",
        status=status,
        place=place,
        state=str(place.sign_up.state),
        code=code,
        group=_shown(place),
        says=None if says is None else voice.html(says),
        problems=[(problem.field, voice.html(problem.says)) for problem in problems],
        wrong={problem.field: voice.html(problem.says) for problem in problems},
        typed=typed or ({} if details is None else {"email": details.email, "phone": details.phone}),
        interpreted=menu_of(INTERPRETED, voice),
        until=None if until is None else when(until, voice),
        feed=feed,
        feed_whole=_whole(feed),
        card=card_of(contact, current_kommun(), voice, now()),
    )


def _whole(feed: str) -> str | None:
    """Return the whole address of a feed, to be typed in elsewhere; None where the portal does not know its own."""
    root = own_address()
    return None if root is None else urljoin(root, feed)


def _shown(place: Place) -> Shown:
    return shown(Seen(place.group, 0, 0, can_wait=False))
