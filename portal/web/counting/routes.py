"""What is counted, said in full; and the one request by which a resident lets her self-check be counted.

The self-check itself counts nothing, and could not: it reaches no database. Its result offers a form that leads here.
Who does not press its button has sent nothing.
"""

from flask import Blueprint, Response, abort, request

from portal.domain.counting.counters import ATTENDANCE_AFTER, COUNTERS, self_check_done
from portal.domain.groups.wishes import SHOWN_FROM
from portal.web.counting.batch import current_batch
from portal.web.portal import catalogue, current_kommun, current_language, pages

blueprint = Blueprint("counting", __name__)

DIRECT, TOPIC = "direct", "topic"
"""The fields of the form: whether something could be contacted directly (yes, no), and each topic."""


@blueprint.get("/counted")
def counted() -> Response:
    """Say what is counted and why, what is not, and how to say no."""
    return pages().page(
        "counting/counted.html", counters=COUNTERS.values(), shown_from=SHOWN_FROM, later=ATTENDANCE_AFTER
    )


@blueprint.post("/counted")
def count() -> Response:
    """Count one self-check. The language and the kommun are those of the address; nothing else is taken."""
    sent, topics = request.form, request.form.getlist(TOPIC)
    is_honest = (
        set(sent) <= {DIRECT, TOPIC}
        and sent.getlist(DIRECT) in (["yes"], ["no"])
        and set(topics) <= set(catalogue().topics)
    )
    if not is_honest:
        abort(400)
    done = self_check_done(current_language().tag, has_direct=sent[DIRECT] == "yes", topics=topics)
    current_batch().count(current_kommun().id, done)
    return pages().page("counting/count.html", block="thanks")
