"""Groups: see when, take a place, wait, get a place, change one's mind. No page here sets a cookie."""

from flask import Blueprint, Response, request

from portal.actions.groups.signing_up import alert_me, tell_of_groups, wish
from portal.domain.groups.keeping import KEEPING
from portal.domain.groups.planning import BOTH_PARENTS, TIMES_OF_DAY
from portal.domain.people.emails import email_of
from portal.domain.people.reach import problems_of_reach
from portal.domain.refusals import Refusal
from portal.web.asked import one_of, only
from portal.web.form_keys import key_from, new_key
from portal.web.groups import calendars, places
from portal.web.groups.forms import FILTERS, PLACES, WISHED, Sent, SignUpForm, begun_with, text, wanted_from
from portal.web.groups.listing import given_in_groups, listing, others_like
from portal.web.groups.refused import refused
from portal.web.groups.shown import Shown, name_of
from portal.web.groups.signing_up import get_shown, interpreter_for, leave_form, open_form, regime_of, send_form
from portal.web.people.spoken import menu_of
from portal.web.portal import (
    catalogue,
    current_kommun,
    current_language,
    current_voice,
    is_sending_mail,
    now,
    pages,
    this_address,
)
from portal.web.shared import shared
from portal.web.shown.contacts import card_of
from portal.web.shown.details import details_of
from portal.web.shown.structured import block, event
from portal.web.storage import current_storage

blueprint = Blueprint("groups", __name__)
blueprint.register_error_handler(Refusal, refused)


@blueprint.get("/groups")
def coming() -> Response:
    """List the coming groups, or those that a filter in the address finds; it holds nothing about a person."""
    return show_coming(request.args)


def show_coming(asked: Sent, *, typed: str = "", problem: str | None = None, status: int = 200) -> Response:
    """Show the coming groups that fit, with what was typed in the form of a wish."""
    found, kommun, voice = listing(asked), current_kommun(), current_voice()
    about = kommun.insatser.get(found.wanted.insats or "")
    contact = kommun.contacts[kommun.contact_centre] if about is None else kommun.contact_of(about)
    return pages().page(
        "groups/coming.html",
        status=status,
        block="found",
        sends_mail=is_sending_mail(),
        keeping=KEEPING,
        typed=typed,
        problem=problem,
        found=found,
        spoken=menu_of(found.languages, voice),
        times_of_day=TIMES_OF_DAY,
        wishable=given_in_groups(kommun),
        wished_languages=menu_of(WISHED, voice),
        form_key=new_key(_wish()),
        # On the page of an insats its groups come by themselves: whom to call stands there already.
        is_part=request.headers.get("HX-Target") == "div#groups",
        card=None if found.groups else card_of(contact, kommun, voice, now()),
    )


def _wish() -> str:
    return f"wish {current_kommun().id}"


@blueprint.post("/groups")
def wished() -> Response:
    """Count a wish for a group that does not exist; who leaves an e-mail beside it is told when there is one."""
    email = text(request.form, "email") if is_sending_mail() else ""
    problems = problems_of_reach(email, "") if email else ()
    if problems:
        return show_coming(request.form, typed=email, problem=current_voice().html(problems[0].says), status=422)
    asked = wanted_from(request.form, [one.id for one in given_in_groups(current_kommun())], WISHED)
    is_whole = asked.insats is not None and asked.language is not None and asked.time_of_day is not None
    if is_whole:
        wish(
            current_storage(),
            current_kommun().id,
            asked.insats or "",
            asked.language or "",
            asked.time_of_day or "",
            key_from(request.form.get("form_key", ""), _wish()).text,
            now(),
        )
    if is_whole and email:
        wish_for = (current_kommun().id, asked.insats or "", asked.language or "")
        tell_of_groups(current_storage(), wish_for, email, current_language().tag, now())
    return pages().page(
        "groups/wished.html", status=200 if is_whole else 422, is_whole=is_whole, is_told=bool(email), keeping=KEEPING
    )


@blueprint.get("/groups/calendar.ics")
@shared
def public_calendar() -> Response:
    """Return the meetings of the coming groups that the list would show, for a calendar that follows them."""
    only(request.args, FILTERS)
    found = listing(request.args)
    one_of(request.args, "insats", current_kommun().insatser)
    one_of(request.args, "language", {*WISHED, *found.languages})
    one_of(request.args, "time", TIMES_OF_DAY)
    one_of(request.args, "where", PLACES)
    return calendars.of_groups(found.groups)


@blueprint.get("/groups/<group_id>")
def show(group_id: str) -> Response:
    """Show one group: its meetings, who it is for, what is written down, and how one gets in."""
    return show_group(get_shown(group_id))


def show_group(group: Shown, *, typed: str = "", problem: str | None = None, status: int = 200) -> Response:
    """Show one group, with what was typed in the form of those who want to hear of a free place."""
    kommun, voice = current_kommun(), current_voice()
    return pages().page(
        "groups/show.html",
        status=status,
        data=block(event(group.group, group.insats, kommun, name_of(group), voice, this_address())),
        group=group,
        documentation=None if group.insats is None else details_of(group.insats, voice)["documentation"],
        others=() if group.is_open and group.seen.left else others_like(group.group),
        card=card_of(group.contact, kommun, voice, now()),
        both_parents=BOTH_PARENTS,
        sends_mail=is_sending_mail(),
        typed=typed,
        problem=problem,
    )


@blueprint.post("/groups/<group_id>")
def alerted(group_id: str) -> Response:
    """Promise to mail somebody once when a place is free."""
    group, email = get_shown(group_id), email_of(text(request.form, "email"))
    problems = problems_of_reach(email, "")
    if problems:
        says = current_voice().html(problems[0].says)
        return show_group(group, typed=email, problem=says, status=422)
    alert_me(current_storage(), group_id, email, current_language().tag, now())
    return pages().page("groups/alerted.html", group=group)


@blueprint.get("/groups/<group_id>/calendar.ics")
def calendar(group_id: str) -> Response:
    """Return the meetings of a group as a calendar file, neutral in its words."""
    return calendars.file_of(get_shown(group_id).group)


@blueprint.get("/groups/<group_id>/sign-up")
def sign_up(group_id: str) -> Response:
    """Show the form; the place is kept while it is filled in."""
    group = get_shown(group_id)
    response = open_form(group, _form_of(group, begun_with(request.args, interpreter_for(group))))
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@blueprint.post("/groups/<group_id>/sign-up")
def receipt(group_id: str) -> Response:
    """Take the form: sign up, or show it in another language or for another number, or let it go."""
    group = get_shown(group_id)
    form = _form_of(group, request.form)
    if "leave" in request.form:
        return leave_form(group, form)
    return open_form(group, form) if "stay" in request.form else send_form(group, form)


def _form_of(group: Shown, sent: Sent) -> SignUpForm:
    return SignUpForm(group.id, sent, regime_of(group), catalogue().questions.words)


@blueprint.get("/my-place")
def my_place() -> Response:
    """Ask for the code of a place."""
    return places.show_code_form()


@blueprint.post("/my-place")
def place() -> Response:
    """Do what a button says with the place that a code opens."""
    return places.answer(request.form)


@blueprint.get("/my-place/calendar.ics")
def feed() -> Response:
    """Return the meetings of a place for a calendar that follows them; the address can do nothing else."""
    return calendars.feed_of(request.args.get("feed", ""))
