"""Made-up applications: one in every state that a page can show, and the codes that open them."""

from hashlib import sha256

from sqlalchemy import update

from portal.actions.applications.attachments import add_file
from portal.actions.applications.drafts import begin_application, save_draft, send_at_once
from portal.actions.applications.following import add_more, withdraw
from portal.actions.applications.handling import ask_for_more, close, take_in_hand
from portal.actions.applications.inbox import open_application
from portal.domain.applications.rules import ApplicationRules
from portal.domain.references import code_from
from portal.store.applications.stored import CODE, code_hashes, find_by_code, write_own
from portal.store.applications.tables import applications
from portal.store.storage import Storage
from tests.groups import NOW
from tests.made_up_applicants import KOMMUN, WORKER, form, id_of, picture

STATES = ("draft", "sent", "in hand", "asked", "answered", "closed", "withdrawn")


def _key(state: str) -> str:
    return f"application {state}"


CODES = {state: code_from(sha256(_key(state).encode()).digest()) for state in STATES}
"""The code of the application in each state."""


def _give_code(storage: Storage, state: str, code: str | None) -> None:
    """Let the code of a state open the application in place of the one that it was given."""
    with storage.database.transaction() as connection:
        stored = find_by_code(storage, connection, code or "")
        assert stored is not None
        write_own(connection, stored, CODE, CODES[state])
        chosen = update(applications).where(applications.c.id == stored.application.id)
        connection.execute(chosen.values(code=code_hashes(storage, CODES[state])[0]))


def fill(storage: Storage, rules: ApplicationRules) -> None:
    """Apply for help at home, once for each state."""
    kind = rules.kinds["elderly"]
    begun = begin_application(storage, KOMMUN, kind, _key("draft"), "ar", NOW)
    _give_code(storage, "draft", begun.code)
    save_draft(storage, CODES["draft"], form(name=""), NOW)
    phrases = [phrase.id for phrase in rules.phrases.values() if phrase.fits("elderly")][:3]
    for state in STATES[1:]:
        receipt = send_at_once(storage, rules, KOMMUN, kind, _key(state), form(), "ar", NOW)
        _give_code(storage, state, receipt.code)
        add_file(storage, rules, CODES[state], "intyg.png", picture(), NOW)
        if state in ("sent", "withdrawn"):
            continue
        one = id_of(storage, rules, receipt)
        open_application(storage, rules, WORKER, one, NOW)
        if state == "in hand":
            take_in_hand(storage, WORKER, one, NOW)
        if state in ("asked", "answered", "closed"):
            ask_for_more(storage, rules, WORKER, one, phrases, "نحتاج ورقة.", NOW)
        if state in ("answered", "closed"):
            add_more(storage, rules, CODES[state], "Sidensvans.", "an answer", NOW)
        if state == "closed":
            close(storage, WORKER, one, NOW)
    withdraw(storage, rules, CODES["withdrawn"], NOW)
