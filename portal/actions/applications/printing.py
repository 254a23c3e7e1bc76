"""An application as a PDF with what is attached, for a paper file. Whose it is, is written down as every reading is."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from time import monotonic

from sqlalchemy import Connection

from portal.actions.applications.by_staff import get_hers, look_at_hers, record
from portal.domain.applications.consent import notes_of
from portal.domain.applications.filled import rows_of
from portal.domain.applications.handling import Handler
from portal.domain.applications.messages import Message, What
from portal.domain.applications.rules import ApplicationRules
from portal.domain.applications.states import Application, Identification
from portal.domain.sentences import Sentence, in_swedish, sentence
from portal.store.applications import files, papers
from portal.store.applications import stored as store
from portal.store.applications.messages import list_messages
from portal.store.applications.printing import CannotPrint, printed
from portal.store.applications.stored import CASE_NUMBER, Stored
from portal.store.crypto import Unreadable
from portal.store.job_turns import held_turn
from portal.store.storage import Storage

Line = tuple[str, str]

SAID = {
    What.ASKED: sentence("Kommunen frågade"),
    What.ADDED: sentence("Den som söker svarade"),
    What.NOTED: sentence("Anteckning"),
    What.FORWARDED: sentence("Skickad vidare"),
    What.CLOSED: sentence("Avslutad"),
}
"""What a message is, for staff."""


KEPT = timedelta(hours=1)
"""A paper that is ready."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF that is ready: how many bytes, and its parts, each read when it is asked for."""

    length: int
    parts: Iterator[bytes]


class PaperIsGone(Exception):
    """What was drawn went away while it was read."""


def ask_for_paper(
    storage: Storage, rules: ApplicationRules, by: Handler, application_id: str, now: datetime
) -> Paper | None:
    """Return a PDF of an application of hers, in Swedish with the answers as they were typed; its files come after.

    None while it stands in the line to be drawn, where this puts it. Raise NoSuchApplication, or CannotPrint: then the
    next time it is tried again. That she has it is written down.
    """
    # Twenty who ask again and again must not hold the application from who draws its paper.
    with storage.database.snapshot() as connection:
        stored = look_at_hers(storage, connection, by, application_id)
        mark = _mark(storage, *_paper_of(connection, rules, stored))
        found = papers.find_paper(connection, application_id, mark)
    if found is None:
        with storage.database.transaction() as connection:
            get_hers(storage, connection, by, application_id, None, now)
            if papers.find_paper(connection, application_id, mark) is None:
                papers.order_paper(connection, application_id, mark, now)
        return None
    state, length = found
    if state is papers.State.WAITING:
        return None
    with storage.database.transaction() as connection:
        if state is papers.State.READY:
            record(connection, by, "print", f"application:{application_id}", now)
            return Paper(length, _parts(storage, stored, mark, length))
        papers.drop_paper(connection, application_id)
    raise CannotPrint


def _parts(storage: Storage, stored: Stored, mark: str, length: int) -> Iterator[bytes]:
    for number in range(ceil(length / papers.PART)):
        with storage.database.reading() as connection:
            part = papers.find_part(connection, stored, mark, number)
        if part is None:
            raise PaperIsGone
        yield part


def draw_papers(storage: Storage, rules: ApplicationRules, now: datetime) -> int:
    """Draw what stands in the line, one at a time on all hosts, and forget what is old; return how many were drawn."""
    with storage.database.transaction() as connection:
        papers.forget_papers(connection, now - KEPT)
    drawn, began = 0, monotonic()
    while _draw_next(storage, rules, now + timedelta(seconds=int(monotonic() - began))):
        drawn += 1
    return drawn


def _draw_next(storage: Storage, rules: ApplicationRules, now: datetime) -> bool:
    with held_turn(storage, "papers", now) as is_mine:
        if not is_mine:
            return False
        with storage.database.transaction() as connection:
            found = papers.first_in_line(connection)
            stored = None if found is None else _opened(storage, connection, found)
            if found is None:
                return False
            if stored is None:
                papers.drop_paper(connection, found)
                return True
            lines, infos = _paper_of(connection, rules, stored)
            contents = [files.find(connection, stored, info.id) for info in infos]
        # Nobody waits for the drawing: the transaction is over.
        try:
            content = printed(lines, [file for file in contents if file is not None])
        except CannotPrint:
            content = None
        _keep(storage, stored, _mark(storage, lines, infos), content)
    return True


def _keep(storage: Storage, stored: Stored, mark: str, content: bytes | None) -> None:
    for number, part in enumerate(_cut(content or b"")):
        with storage.database.transaction() as connection:
            if not papers.keep_part(connection, stored, mark, number, part):
                return
    with storage.database.transaction() as connection:
        papers.keep_paper(connection, stored, mark, None if content is None else len(content))


def _cut(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), papers.PART):
        yield content[start : start + papers.PART]


def _opened(storage: Storage, connection: Connection, application_id: str) -> Stored | None:
    try:
        return store.find_by_id(storage, connection, application_id, lock=False)
    except Unreadable:
        return None


def _mark(storage: Storage, lines: list[Line], infos: Iterable[files.FileInfo]) -> str:
    """Return what tells a paper from that of the same application before it changed, and nothing of what it says."""
    said = json.dumps([lines, [info.id for info in infos]], ensure_ascii=False)
    return storage.vault.digests("paper", said)[0]


def _paper_of(
    connection: Connection, rules: ApplicationRules, stored: Stored
) -> tuple[list[Line], tuple[files.FileInfo, ...]]:
    """Return the lines of a paper and the files that come after them."""
    application = stored.application
    kind = rules.kinds.get(application.kind)
    form = store.read_form(connection, stored)
    lines = [
        ("title", application.kind if kind is None else in_swedish(kind.name)),
        *_facts(application, store.read_own(connection, stored, CASE_NUMBER)),
    ]
    lines += _identified(store.read_identified(connection, stored))
    if form.is_protected:
        lines.append(("heading", in_swedish(PROTECTED)))
    for row in rows_of(form, kind):
        lines.append(("label", in_swedish(row.label)))
        lines += [("text", in_swedish(one) if isinstance(one, Sentence) else one) for one in row.answers]
    for note in notes_of("none" if kind is None else kind.consent, form.for_whom, form.age, form.consents):
        lines.append(("text", f"{in_swedish(note.says)} ({note.paragraph})"))
    for message in list_messages(connection, stored):
        lines += _message(rules, message)
    return lines, files.list_infos(connection, stored)


PROTECTED = sentence("Personen har skyddade personuppgifter")


def _facts(application: Application, case_number: str | None) -> Iterator[Line]:
    yield "text", f"Referens: {application.reference}"
    if case_number:
        yield "text", f"Ärendenummer: {case_number}"
    if application.sent_at is not None:
        yield "text", f"Kom in: {application.sent_at:%Y-%m-%d %H:%M}"


SHOWN = sentence("Personen har visat vem den är med e-legitimation.")
NOT_SHOWN = sentence("Personen har inte visat vem den är. Kontrollera det själv.")


def _identified(found: Identification | None) -> Iterator[Line]:
    """Say who an electronic identity showed that she is, or that none did: what she typed proves nothing."""
    if found is None:
        yield "text", in_swedish(NOT_SHOWN)
        return
    yield "text", f"{in_swedish(SHOWN)} {found.at:%Y-%m-%d %H:%M}"
    said = (
        ("Namn", found.name),
        ("Personnummer eller samordningsnummer", found.number),
        ("Nivå", found.level),
        ("Utfärdare", found.issuer),
        ("Id hos utfärdaren", found.subject),
    )
    yield from (("text", f"{what}: {value}") for what, value in said if value)


def _message(rules: ApplicationRules, message: Message) -> Iterator[Line]:
    yield "heading", f"{in_swedish(SAID[message.what])} {message.at:%Y-%m-%d %H:%M}"
    for one in message.phrases:
        yield "text", in_swedish(rules.phrases[one].says) if one in rules.phrases else one
    if message.text:
        yield "text", message.text
