"""An application as JSON for the case system: by download, or pushed, signed, until the case system says it has it.

The document is described by docs/schema/application.schema.json. A push is a POST of the document with the headers

    Portal-Export: application id, a dot, its version        the same document has the same name, however often it comes
    Portal-Timestamp: seconds since 1970
    Portal-Signature: ed25519=…                              base64, over timestamp, a dot, name, a dot, body

and the case system answers 200 with {"received": "<Portal-Export>"}. Anything else is no receipt, and it comes again.
"""

import json
import ssl
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from http import HTTPStatus
from http.client import HTTPException
from typing import Any
from urllib.error import URLError
from urllib.request import HTTPRedirectHandler, HTTPSHandler, Request, build_opener

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection

from portal.actions.applications.by_staff import get_hers
from portal.actions.outside import signature_of
from portal.domain.applications.consent import questions_of
from portal.domain.applications.forms import FOR_WHOM, HOURS, WAYS, Form
from portal.domain.applications.handling import Handler
from portal.domain.applications.rules import ApplicationRules
from portal.domain.applications.states import Application
from portal.domain.sentences import Sentence, in_swedish
from portal.store.applications import files, pushes
from portal.store.applications import stored as store
from portal.store.applications.messages import list_messages
from portal.store.applications.stored import CASE_NUMBER, Stored
from portal.store.crypto import Unreadable
from portal.store.storage import Storage

FORMAT = "insatsportalen-application-1"
TIMEOUT = 15
"""Seconds."""

LARGEST_ANSWER = 4096


@dataclass(frozen=True, slots=True)
class Push:
    """Where applications are pushed to, by kommun and door, and the private key (32 bytes) that signs them."""

    targets: Mapping[tuple[str, str], str]
    key: bytes


@dataclass(frozen=True, slots=True)
class Pushed:
    """How many documents the case systems have received, and how many wait for another try."""

    pushed: int = 0
    put_off: int = 0

    @property
    def lines(self) -> tuple[str, ...]:
        """Return a line for each count."""
        return f"applications_pushed: {self.pushed}", f"applications_put_off: {self.put_off}"


def export_json(storage: Storage, rules: ApplicationRules, by: Handler, application_id: str, now: datetime) -> bytes:
    """Return an application of hers as JSON, with its files. Raise NoSuchApplication."""
    with storage.database.transaction() as connection:
        stored = get_hers(storage, connection, by, application_id, "export", now)
        return document(connection, rules, stored)


def confirm_export(storage: Storage, by: Handler, application_id: str, version: int, now: datetime) -> None:
    """Remember that the case system has this version. Raise NoSuchApplication. A newer one still has to be exported."""
    with storage.database.transaction() as connection:
        stored = get_hers(storage, connection, by, application_id, "confirm_export", now)
        pushes.mark_exported(connection, stored.application, min(version, stored.application.version), now)


def push_exports(
    storage: Storage,
    rules: ApplicationRules,
    push: Push,
    now: datetime,
    may_go_on: Callable[[], bool] = lambda: True,
) -> Pushed:
    """Push what the case systems do not have yet, while it may go on.

    What fails waits longer each time, and ends the run for its case system.
    """
    counts = {"pushed": 0, "put_off": 0}
    for (kommun, door), url in push.targets.items():
        for application_id in pushes.list_due(storage, kommun, door, now):
            if not may_go_on():
                break
            if not _push(storage, rules, push, url, application_id, now):
                counts["put_off"] += 1
                break
            counts["pushed"] += 1
    return Pushed(**counts)


def document(connection: Connection, rules: ApplicationRules, stored: Stored) -> bytes:
    """Return the document of an application: the words of its questions stand beside the answers, in Swedish."""
    application, form = stored.application, store.read_form(connection, stored)
    identified = store.read_identified(connection, stored)
    told = {
        "format": FORMAT,
        "application": _facts_of(application, store.read_own(connection, stored, CASE_NUMBER)),
        "identified": None if identified is None else {**asdict(identified), "at": identified.at.isoformat()},
        "form": _form(rules, application, form),
        "messages": [
            {
                "at": one.at.isoformat(),
                "what": str(one.what),
                "by": one.by or None,
                "phrases": [_phrase(rules, name) for name in one.phrases],
                "text": one.text,
            }
            for one in list_messages(connection, stored)
        ],
        "files": [_file(connection, stored, info) for info in files.list_infos(connection, stored)],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def new_export_key() -> tuple[str, str]:
    """Return a new private key for PORTAL_EXPORT_KEY and the public key for the case system, both in base64."""
    key = Ed25519PrivateKey.generate()
    return b64encode(key.private_bytes_raw()).decode(), b64encode(key.public_key().public_bytes_raw()).decode()


# ------------------------------------------------------------------------------------------------- the document


def _facts_of(application: Application, case_number: str | None) -> dict[str, Any]:
    times = {name: getattr(application, name) for name in ("sent_at", "received_at", "asked_at", "ended_at")}
    return {
        "id": application.id,
        "version": application.version,
        "reference": application.reference,
        "kommun": application.kommun,
        "unit": application.unit,
        "kind": application.kind,
        "state": str(application.state),
        "language": application.lang,
        "case_number": case_number,
        **{name: None if at is None else at.isoformat() for name, at in times.items()},
    }


def _form(rules: ApplicationRules, application: Application, form: Form) -> dict[str, Any]:
    kind = rules.kinds.get(application.kind)
    facts = {} if kind is None else {fact.id: fact for fact in kind.facts}
    asked = {} if kind is None else {one.id: one for one in questions_of(kind.consent, form.for_whom, form.age)}
    yes_no = {"yes": Sentence("Ja"), "no": Sentence("Nej")}
    said = {name: yes_no | {option.id: option.name for option in fact.options} for name, fact in facts.items()}
    return {
        "for_whom": _choice(form.for_whom, FOR_WHOM),
        "is_protected": form.is_protected,
        **{name: getattr(form, name) or None for name in _PLAIN},
        "age": form.age,
        "ways": [_choice(way, WAYS) for way in form.ways],
        "hours": [_choice(hour, HOURS) for hour in form.hours],
        "facts": [
            {"id": name, "asked": in_swedish(facts[name].ask) if name in facts else name}
            | _choice(answer, said.get(name, {}))
            for name, answer in form.facts.items()
        ],
        "consents": [
            {"id": name, "asked": in_swedish(asked[name].ask) if name in asked else name}
            | _choice(answer, asked[name].options if name in asked else {})
            for name, answer in form.consents.items()
        ],
    }


_PLAIN = (
    *("name", "number", "other_name", "other_number", "phone", "email", "address", "reach_note"),
    *("language", "interpreter", "insats", "wants"),
)


def _phrase(rules: ApplicationRules, phrase_id: str) -> str:
    phrase = rules.phrases.get(phrase_id)
    return phrase_id if phrase is None else in_swedish(phrase.says)


def _choice(value: str, known: Mapping[str, Sentence]) -> dict[str, str]:
    return {"value": value, "text": in_swedish(known[value]) if value in known else value}


def _file(connection: Connection, stored: Stored, info: files.FileInfo) -> dict[str, Any]:
    found = files.find(connection, stored, info.id)
    assert found is not None  # noqa: S101 - it was listed in the same transaction
    return {
        "name": info.name,
        "type": info.type,
        "size": info.size,
        "sha256": sha256(found.content).hexdigest(),
        "content": b64encode(found.content).decode(),
    }


# ------------------------------------------------------------------------------------------------- pushing


class _NoRedirect(HTTPRedirectHandler):
    """Never hands an application to another address than the one that was set."""

    def redirect_request(self, *_: Any) -> None:
        """Follow nothing."""


def _push(storage: Storage, rules: ApplicationRules, push: Push, url: str, application_id: str, now: datetime) -> bool:
    with storage.database.snapshot() as connection:
        try:
            stored = store.find_by_id(storage, connection, application_id, lock=False)
        except Unreadable:  # it waits for the key that opens it
            stored = None
        body = b"" if stored is None else document(connection, rules, stored)
    if stored is None:
        pushes.put_off(storage, application_id, now)
        return False
    name = f"{application_id}.{stored.application.version}"
    if not _is_received(push.key, url, name, body, now):
        pushes.put_off(storage, application_id, now)
        return False
    with storage.database.transaction() as connection:
        pushes.mark_exported(connection, stored.application, stored.application.version, now)
    return True


def _is_received(key: bytes, url: str, name: str, body: bytes, now: datetime) -> bool:
    timestamp = int(now.timestamp())
    headers = {
        "Content-Type": "application/json",
        "Portal-Export": name,
        "Portal-Timestamp": str(timestamp),
        "Portal-Signature": f"ed25519={signature_of(key, timestamp, name, body)}",
    }
    opener = build_opener(_NoRedirect(), HTTPSHandler(context=ssl.create_default_context()))
    try:
        # The address is a setting; settings take https, and http only to this machine.
        with opener.open(Request(url, body, headers, method="POST"), timeout=TIMEOUT) as answer:  # noqa: S310
            told = json.loads(answer.read(LARGEST_ANSWER))
            return bool(answer.status == HTTPStatus.OK and isinstance(told, dict) and told.get("received") == name)
    except (URLError, HTTPException, OSError, ValueError):
        return False
