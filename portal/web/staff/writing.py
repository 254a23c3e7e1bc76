"""Writing to everybody in a group and its line, in a leader's own words."""

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from portal.actions.groups import leading
from portal.domain.refusals import BadDraft
from portal.domain.sentences import Sentence, sentence
from portal.domain.staff.roles import Deed
from portal.web.form_keys import key_from, new_key
from portal.web.portal import now
from portal.web.staff.access import current_actor, for_deed, room
from portal.web.staff.groups import _page, _told, seen_group
from portal.web.staff.pages import lead_to, storage, tell


@room.get("/groups/<group_id>/message")
@for_deed(Deed.LEAD_GROUPS)
def write_message(group_id: str) -> Response:
    """Ask what to write to everybody in a group; say how many are told."""
    return _message_page(group_id, "", new_key(_message(group_id)), None)


def _message(group_id: str) -> str:
    return f"message {group_id}"


def _message_page(group_id: str, words: str, form_key: str, problem: Sentence | None) -> Response:
    mailed, to_call = _told(group_id)
    status = 200 if problem is None else 422
    return _page(
        "message",
        status,
        seen=seen_group(group_id),
        words=words,
        form_key=form_key,
        problem=problem,
        mailed=mailed,
        to_call=to_call,
        longest=leading.LONGEST_MESSAGE,
    )


@room.post("/groups/<group_id>/message")
@for_deed(Deed.LEAD_GROUPS)
def send_message(group_id: str) -> AnyResponse:
    """Write to everybody in a group, once for each form."""
    words = request.form.get("message", "")
    form_key = key_from(request.form.get("form_key", ""), _message(group_id)).text
    try:
        leading.message_all(storage(), current_actor(), group_id, words, now(), form_key=form_key)
    except BadDraft:
        return _message_page(group_id, words, form_key, sentence("Skriv något, högst 2 000 tecken."))
    tell(sentence("Meddelandet skickas till alla i gruppen."))
    return lead_to("show_group", group_id=group_id)
