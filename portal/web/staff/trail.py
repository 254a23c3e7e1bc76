"""The audit trail: who read and changed what. Nobody can change it here."""

from datetime import datetime, timedelta

from flask import Response, request

from portal.domain.audit import AuditEvent
from portal.domain.instants import STOCKHOLM
from portal.domain.references import read_reference
from portal.domain.sentences import Sentence, sentence
from portal.domain.staff.roles import Deed
from portal.store.applications.stored import find_id_of_reference, references_of
from portal.store.audit import list_events
from portal.store.groups.planning import names_of_groups
from portal.store.staff.accounts import find_account, names_of
from portal.web.fields import printable
from portal.web.staff.access import current_staff, for_deed, room
from portal.web.staff.pages import page, storage
from portal.web.staff.shown import moment

AT_ONCE = 200

DONE: dict[str, Sentence] = {
    "create_group": sentence("Skapade en grupp"),
    "edit_group": sentence("Ändrade en grupp"),
    "publish_group": sentence("Visade en grupp för alla"),
    "cancel_session": sentence("Ställde in en träff"),
    "cancel_group": sentence("Ställde in en grupp"),
    "read_sign_ups": sentence("Läste anmälningar"),
    "withdraw_for": sentence("Avbokade åt någon"),
    "move_sign_up": sentence("Flyttade en anmälan"),
    "message_all": sentence("Skrev till alla i en grupp"),
    "take_attendance": sentence("Räknade närvaro"),
    "edit_contact": sentence("Ändrade en kontakt"),
    "restore_contact": sentence("Tog tillbaka katalogens kontakt"),
    "close_contact": sentence("Stängde en enhet"),
    "open_contact": sentence("Öppnade en enhet"),
    "answer_survey": sentence("Svarade på SKR:s enkät"),
    "take_back_survey": sentence("Tog tillbaka ett svar på SKR:s enkät"),
    "open_application": sentence("Läste en ansökan"),
    "open_file": sentence("Öppnade en fil i en ansökan"),
    "search_applications": sentence("Sökte bland ansökningar"),
    "take_in_hand": sentence("Började arbeta med en ansökan"),
    "note": sentence("Skrev en anteckning"),
    "ask_for_more": sentence("Frågade efter mer"),
    "forward": sentence("Skickade en ansökan vidare"),
    "forwarded_here": sentence("Skickade hit en ansökan"),
    "close": sentence("Avslutade en ansökan"),
    "set_case_number": sentence("Skrev ett ärendenummer"),
    "export": sentence("Laddade ner en ansökan"),
    "print": sentence("Skrev ut en ansökan"),
    "confirm_export": sentence("Sa att ärendesystemet har en ansökan"),
    "delete": sentence("Tog bort en ansökan"),
    "add_staff": sentence("La till personal"),
    "change_roles": sentence("Ändrade roller"),
    "give_units": sentence("Ändrade enheter"),
    "end_staff": sentence("Avslutade ett konto"),
    "reset_second_factor": sentence("Återställde inloggning"),
    "propose_add": sentence("Föreslog ny personal"),
    "propose_roles": sentence("Föreslog nya roller"),
    "propose_reset": sentence("Föreslog en ny kod"),
    "agree_to_proposal": sentence("Sa ja till ett förslag"),
    "decline_proposal": sentence("Tog bort ett förslag"),
    "change_app": sentence("Kopplade en app för koder"),
    "add_passkey": sentence("La till en nyckel"),
    "remove_passkey": sentence("Tog bort en nyckel"),
    "make_recovery_codes": sentence("Tog fram nya reservkoder"),
    "use_recovery_code": sentence("Använde en reservkod"),
    "set_password": sentence("Valde lösenord"),
    "sign_in": sentence("Loggade in"),
    "bind_oidc": sentence("Loggade in med kommunens inloggning första gången"),
}


@room.get("/trail")
@for_deed(Deed.READ_TRAIL)
def show_trail() -> Response:
    """Show the newest deeds; those up to a day, of one kind, of one member of staff or about one application."""
    until, did = _until(request.args.get("until", "")), request.args.get("did", "")
    typed = printable(request.args.get("find", "").strip())[:254]
    wanted = {"person": _person_of(typed), "subject": _subject_of(typed)}
    is_unknown = bool(typed) and wanted == {"person": None, "subject": None}
    found = (
        ()
        if is_unknown
        else list_events(
            storage(), current_staff().kommun, until=until, did=did if did in DONE else None, most=AT_ONCE, **wanted
        )
    )
    return page(
        "trail",
        events=found,
        names=_names(found),
        find=typed,
        did=did,
        done=DONE,
        moment=moment,
        until=request.args.get("until", "") if until is not None else "",
        is_more=len(found) == AT_ONCE,
    )


def _until(day: str) -> datetime | None:
    """Return the end of a day; None for what is none."""
    try:
        return datetime.fromisoformat(f"{day}T00:00").replace(tzinfo=STOCKHOLM) + timedelta(days=1)
    except (ValueError, OverflowError):
        return None


def _person_of(typed: str) -> str | None:
    """Return the id of the member of staff with that e-mail."""
    if "@" not in typed:
        return None
    with storage().database.reading() as connection:
        found = find_account(connection, email=typed)
    return None if found is None else found.staff.id


def _subject_of(typed: str) -> str | None:
    """Return the application of a reference as the trail names it."""
    reference = read_reference(typed)
    if reference is None:
        return None
    with storage().database.reading() as connection:
        found = find_id_of_reference(connection, reference)
    return None if found is None else f"application:{found}"


def _names(events: tuple[AuditEvent, ...]) -> dict[str, str]:
    """Return what ids are called: e-mails of staff, references of applications, names of groups."""
    with storage().database.reading() as connection:
        references = references_of(connection, _about(events, "application"))
        groups = names_of_groups(connection, _about(events, "group"), _about(events, "sign_up"))
    staff = names_of(storage(), _about(events, "staff") | {event.by for event in events})
    return references | groups | staff


def _about(events: tuple[AuditEvent, ...], what: str) -> set[str]:
    """Return the ids of what deeds were about, of one sort."""
    return {event.subject.partition(":")[2] for event in events if event.subject.startswith(f"{what}:")}
