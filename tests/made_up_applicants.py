"""Made-up people who apply, case workers who handle, and what they write: every word of it easy to look for."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any

from PIL import Image

from portal.actions.applications.drafts import Receipt, begin_application, send_at_once
from portal.actions.applications.inbox import inbox
from portal.domain.applications.forms import Form
from portal.domain.applications.handling import Handler
from portal.domain.applications.kinds import UNITS
from portal.domain.applications.rules import ApplicationRules
from portal.store.storage import Storage
from tests.domain.made_up import NOW

KOMMUN = "lekeberg"
WORKER = Handler("worker-1", KOMMUN, frozenset({"elderly", "adults"}), is_case_worker=True)
ELSEWHERE = replace(WORKER, id="worker-2", kommun="mellerud")
OTHER_UNIT = replace(WORKER, id="worker-3", units=frozenset(UNITS) - {"elderly", "adults"})
NO_WORKER = replace(WORKER, id="leader-1", is_case_worker=False)

CANARIES = ("Kanariefågel", "Vipansson", "070-174 06 77", "Gökottan", "Sidensvans", "8501012382", "koltrast@example.se")
"""Words that nothing but a sealed column may hold."""


def form(**changes: Any) -> Form:
    """Return a form of the kind elderly that can be sent, with changes."""
    given: dict[str, Any] = {
        "for_whom": "self",
        "name": "Kanariefågel Vipansson",
        "number": "850101-2382",
        "ways": ("call", "email"),
        "phone": "070-174 06 77",
        "email": "koltrast@example.se",
        "reach_note": "Gökottan sover dagtid.",
        "language": "ar",
        "wants": "Sidensvans behöver hjälp hemma.",
        "facts": {"help": "at_home", "alone": "yes", "hospital": "yes"},
    }
    return Form(**{**given, **changes})


def begun(storage: Storage, rules: ApplicationRules, who: object = 1, kind: str = "elderly") -> str:
    """Return the code of a draft that somebody has begun."""
    return begin_application(storage, KOMMUN, rules.kinds[kind], f"form {who}", "ar", NOW).code


def sent(
    storage: Storage,
    rules: ApplicationRules,
    who: object = 1,
    kind: str = "elderly",
    at: datetime = NOW,
    **changes: Any,
) -> Receipt:
    """Return the receipt of an application that somebody has sent."""
    facts = {fact.id: _answer(fact.kind, fact.options) for fact in rules.kinds[kind].facts if fact.id != "now"}
    given = form(**{"facts": facts, **changes})
    return send_at_once(storage, rules, KOMMUN, rules.kinds[kind], f"form {who}", given, "ar", at)


def _answer(kind: str, options: Any) -> str:
    return {"choice": options[0].id if options else "", "yes_no": "yes", "number": "1"}.get(kind, "")


def id_of(storage: Storage, rules: ApplicationRules, receipt: Receipt, by: Handler = WORKER) -> str:
    """Return the id that a case worker sees in her inbox."""
    found = inbox(storage, rules, by, NOW, unit=receipt.unit)
    return next(one.application.id for one in found if one.application.reference == receipt.reference)


def picture(shape: str = "PNG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **saved: Any) -> bytes:
    """Return a picture."""
    written = BytesIO()
    Image.new(mode, size).save(written, shape, **saved)
    return written.getvalue()
