"""An application as a PDF with what is attached, for a paper file. Whose it is, is written down as every reading is."""

from collections.abc import Iterator
from datetime import datetime

from portal.actions.applications.by_staff import get_hers
from portal.domain.applications.consent import notes_of
from portal.domain.applications.filled import rows_of
from portal.domain.applications.handling import Handler
from portal.domain.applications.messages import Message, What
from portal.domain.applications.rules import ApplicationRules
from portal.domain.applications.states import Application
from portal.domain.sentences import Sentence, in_swedish, sentence
from portal.store.applications import files
from portal.store.applications import stored as store
from portal.store.applications.messages import list_messages
from portal.store.applications.printing import printed
from portal.store.applications.stored import CASE_NUMBER
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


def print_application(
    storage: Storage, rules: ApplicationRules, by: Handler, application_id: str, now: datetime
) -> bytes:
    """Return a PDF of an application of hers, in Swedish with the answers as they were typed; its files come after.

    Raise NoSuchApplication, or CannotPrint.
    """
    with storage.database.transaction() as connection:
        stored = get_hers(storage, connection, by, application_id, "print", now)
        application = stored.application
        kind = rules.kinds.get(application.kind)
        form = store.read_form(connection, stored)
        lines = [
            ("title", application.kind if kind is None else in_swedish(kind.name)),
            *_facts(application, store.read_own(connection, stored, CASE_NUMBER)),
        ]
        if form.is_protected:
            lines.append(("heading", in_swedish(PROTECTED)))
        for row in rows_of(form, kind):
            lines.append(("label", in_swedish(row.label)))
            lines += [("text", in_swedish(one) if isinstance(one, Sentence) else one) for one in row.answers]
        for note in notes_of("none" if kind is None else kind.consent, form.for_whom, form.age, form.consents):
            lines.append(("text", f"{in_swedish(note.says)} ({note.paragraph})"))
        for message in list_messages(connection, stored):
            lines += _message(rules, message)
        found = [files.find(connection, stored, info.id) for info in files.list_infos(connection, stored)]
    # Drawing takes a while, and nobody else waits for it.
    return printed(lines, [file for file in found if file is not None])


PROTECTED = sentence("Personen har skyddade personuppgifter")


def _facts(application: Application, case_number: str | None) -> Iterator[Line]:
    yield "text", f"Referens: {application.reference}"
    if case_number:
        yield "text", f"Ärendenummer: {case_number}"
    if application.sent_at is not None:
        yield "text", f"Kom in: {application.sent_at:%Y-%m-%d %H:%M}"


def _message(rules: ApplicationRules, message: Message) -> Iterator[Line]:
    yield "heading", f"{in_swedish(SAID[message.what])} {message.at:%Y-%m-%d %H:%M}"
    for one in message.phrases:
        yield "text", in_swedish(rules.phrases[one].says) if one in rules.phrases else one
    if message.text:
        yield "text", message.text
