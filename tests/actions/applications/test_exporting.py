"""To the case system: a document that its schema describes, signed, and pushed until it is received."""

import json
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

import jsonschema_rs
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from portal.actions.applications.attachments import add_file
from portal.actions.applications.drafts import send_at_once
from portal.actions.applications.exporting import Push, confirm_export, export_json, new_export_key, push_exports
from portal.actions.applications.following import add_more
from portal.actions.applications.handling import ask_for_more, forward, note, set_case_number
from portal.actions.applications.inbox import open_application
from portal.domain.applications.kinds import FAMILY_COUNSELLING, SHARED
from portal.domain.applications.rules import ApplicationRules
from portal.domain.applications.states import Identification
from portal.domain.refusals import NoSuchApplication
from portal.settings import ROOT
from portal.store.applications.stored import find_application
from portal.store.kept_key import new_key
from portal.store.storage import Storage
from tests.case_system import CaseSystem, case_system, receives
from tests.conftest import open_storage
from tests.made_up_applicants import ELSEWHERE, KOMMUN, NOW, WORKER, begun, form, id_of, picture, sent

SCHEMA = jsonschema_rs.validator_for(json.loads((ROOT / "docs/schema/application.schema.json").read_text("utf-8")))
SECRET, PUBLIC = new_export_key()


def push(system: CaseSystem, kommun: str = KOMMUN, door: str = SHARED) -> Push:
    """Return a push to a case system."""
    return Push({(kommun, door): system.url}, b64decode(SECRET))


def exported(storage: Storage, rules: ApplicationRules, application_id: str) -> Any:
    """Return the document of an application, held against its schema."""
    told = json.loads(export_json(storage, rules, WORKER, application_id, NOW))
    SCHEMA.validate(told)
    return told


@pytest.fixture
def mine(storage: Storage, rules: ApplicationRules) -> str:
    """Return the id of an application with everything in it."""
    receipt = sent(storage, rules)
    add_file(storage, rules, receipt.code, "brev.png", picture(), NOW)
    found = id_of(storage, rules, receipt)
    open_application(storage, rules, WORKER, found, NOW)
    ask_for_more(storage, rules, WORKER, found, ["certificate"], "متى؟", NOW)
    add_more(storage, rules, receipt.code, "غدا", "answer 1", NOW)
    note(storage, WORKER, found, "Ring kollegan.", NOW)
    set_case_number(storage, WORKER, found, "SN 1", NOW)
    return found


def test_the_document_has_all_that_was_written_in_words_that_are_understood(
    storage: Storage, rules: ApplicationRules, mine: str
) -> None:
    told = exported(storage, rules, mine)
    assert told["application"]["case_number"] == "SN 1"
    assert told["form"]["wants"] == "Sidensvans behöver hjälp hemma."
    assert told["form"]["for_whom"] == {"value": "self", "text": "Mig själv"}
    facts = {fact["id"]: (fact["asked"], fact["text"]) for fact in told["form"]["facts"]}
    assert facts["help"] == ("Vilken hjälp tänker du på?", "Hjälp hemma")
    assert facts["alone"] == ("Bor du ensam?", "Ja")
    asked, added, noted = told["messages"]
    assert (asked["text"], added["text"], noted["text"]) == ("متى؟", "غدا", "Ring kollegan.")
    assert (asked["by"], added["by"]) == ("worker-1", None)
    assert "läkarintyget" in asked["phrases"][0]
    (file,) = told["files"]
    assert sha256(b64decode(file["content"])).hexdigest() == file["sha256"]


def test_consents_and_identities_stand_in_it_too_and_what_is_gone_keeps_its_id(
    storage: Storage, rules: ApplicationRules
) -> None:
    kind = rules.kinds["elderly"]
    given = form(for_whom="trustee", other_name="Kanin", consents={"authority": "yes"})
    shown = Identification("subject", "high", NOW, given.name, issuer="https://eid.example.se")
    receipt = send_at_once(storage, rules, KOMMUN, kind, "form 1", given, "sv", NOW, identified=shown)
    found = id_of(storage, rules, receipt)
    ask_for_more(storage, rules, WORKER, found, ["name"], "", NOW)
    told = exported(storage, rules, found)
    said = {"subject": "subject", "name": given.name, "number": "", "level": "high", "at": NOW.isoformat()}
    said["issuer"] = "https://eid.example.se"
    assert told["identified"] == said
    (consent,) = told["form"]["consents"]
    assert (consent["id"], consent["text"]) == ("authority", "Ja")
    gone = replace(rules, kinds={}, phrases={})
    later = exported(storage, gone, found)
    assert [fact["asked"] for fact in later["form"]["facts"]] == [fact["id"] for fact in told["form"]["facts"]]
    assert later["messages"][0]["phrases"] == ["name"]


def test_it_is_exported_by_whoever_may_see_it(storage: Storage, rules: ApplicationRules, mine: str) -> None:
    with pytest.raises(NoSuchApplication):
        export_json(storage, rules, ELSEWHERE, mine, NOW)


def version(storage: Storage, rules: ApplicationRules, application_id: str) -> tuple[int, int, bool]:
    """Return the version that there is, the one that is exported, and whether they are the same."""
    found = open_application(storage, rules, WORKER, application_id, NOW).application
    return found.version, found.exported_version, found.is_exported


def test_staff_say_which_version_the_case_system_has(storage: Storage, rules: ApplicationRules, mine: str) -> None:
    now_is, _, _ = version(storage, rules, mine)
    confirm_export(storage, WORKER, mine, now_is - 1, NOW)
    assert version(storage, rules, mine) == (now_is, now_is - 1, False)
    confirm_export(storage, WORKER, mine, now_is + 7, NOW)
    assert version(storage, rules, mine) == (now_is, now_is, True)
    confirm_export(storage, WORKER, mine, 1, NOW)
    assert version(storage, rules, mine) == (now_is, now_is, True)


# ------------------------------------------------------------------------------------------------- pushing


def test_what_is_pushed_is_signed_and_comes_once(storage: Storage, rules: ApplicationRules, mine: str) -> None:
    begun(storage, rules, "draft")
    with case_system() as system:
        done = push_exports(storage, rules, push(system), NOW)
        assert (done.pushed, done.put_off) == (1, 0)
        assert push_exports(storage, rules, push(system), NOW + timedelta(days=1)).pushed == 0
    ((headers, body),) = system.came
    told = json.loads(body)
    SCHEMA.validate(told)
    assert headers["Portal-Export"] == f"{mine}.{told['application']['version']}"
    assert int(headers["Portal-Timestamp"]) == int(NOW.timestamp())
    signed = f"{headers['Portal-Timestamp']}.{headers['Portal-Export']}.".encode() + body
    signature = b64decode(headers["Portal-Signature"].removeprefix("ed25519="))
    key = Ed25519PublicKey.from_public_bytes(b64decode(PUBLIC))
    key.verify(signature, signed)
    with pytest.raises(InvalidSignature):
        key.verify(signature, signed.replace(b"hemma", b"borta"))
    assert version(storage, rules, mine)[2]


def test_what_is_added_comes_as_a_newer_version(storage: Storage, rules: ApplicationRules) -> None:
    receipt = sent(storage, rules)
    with case_system() as system:
        push_exports(storage, rules, push(system), NOW)
        add_more(storage, rules, receipt.code, "En sak till.", "answer 1", NOW)
        push_exports(storage, rules, push(system), NOW)
    assert [json.loads(body)["application"]["version"] for _, body in system.came] == [1, 2]


ANSWERS: dict[str, Callable[[str], tuple[int, bytes]]] = {
    "an error": lambda name: (500, b""),
    "a page": lambda name: (200, b"<html>Logga in</html>"),
    "another document": lambda name: (200, b'{"received": "another.1"}'),
    "a list": lambda name: (200, b"[]"),
    "accepted, not received": lambda name: (202, receives(name)[1]),
    "another address": lambda name: (307, b""),
    "an address to fetch": lambda name: (302, b""),
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_only_a_receipt_is_a_receipt(storage: Storage, rules: ApplicationRules, mine: str, answer: str) -> None:
    with case_system(ANSWERS[answer]) as system:
        done = push_exports(storage, rules, push(system), NOW)
        assert (done.pushed, done.put_off, len(system.came)) == (0, 1, 1)
        # It waits its turn, and then comes again under the same name.
        assert push_exports(storage, rules, push(system), NOW).put_off == 0
        system.answer = receives
        assert push_exports(storage, rules, push(system), NOW + timedelta(minutes=1)).pushed == 1
    assert len({headers["Portal-Export"] for headers, _ in system.came}) == 1


def test_a_system_that_is_down_ends_the_run_and_loses_nothing(storage: Storage, rules: ApplicationRules) -> None:
    for who in range(3):
        sent(storage, rules, who)
    with case_system() as system:
        pass
    assert push_exports(storage, rules, push(system), NOW).put_off == 1
    with case_system() as system:
        assert push_exports(storage, rules, push(system), NOW + timedelta(days=2)).pushed == 3


def test_each_kommun_and_each_door_has_its_own_system(storage: Storage, rules: ApplicationRules) -> None:
    sent(storage, rules, 1)
    sent(storage, rules, 2, kind="family-counselling")
    with case_system() as system:
        assert push_exports(storage, rules, push(system, "mellerud"), NOW).pushed == 0
        assert push_exports(storage, rules, push(system), NOW).pushed == 1
        assert push_exports(storage, rules, push(system, door=FAMILY_COUNSELLING), NOW).pushed == 1
    assert [json.loads(body)["application"]["unit"] for _, body in system.came] == ["elderly", "family_counselling"]


def test_what_goes_to_another_kommun_meanwhile_is_not_taken_for_exported(
    storage: Storage, rules: ApplicationRules, mine: str
) -> None:
    with case_system() as system:

        def answer(name: str) -> tuple[int, bytes]:
            forward(storage, rules, WORKER, mine, "elderly", NOW, kommun="mellerud", has_consent=True)
            return receives(name)

        system.answer = answer
        push_exports(storage, rules, push(system), NOW)
        with storage.database.reading() as connection:
            found = find_application(connection, mine)
        assert found is not None
        assert (found.kommun, found.exported_version, found.exported_at) == ("mellerud", 0, None)
        system.answer = receives
        assert push_exports(storage, rules, push(system, "mellerud"), NOW).pushed == 1


def test_what_no_key_opens_waits(storage: Storage, rules: ApplicationRules, mine: str, database_url: str) -> None:
    keyless = open_storage(database_url, [new_key()])
    with case_system() as system:
        assert push_exports(keyless, rules, push(system), NOW).put_off == 1
        assert system.came == []
        assert push_exports(storage, rules, push(system), NOW + timedelta(minutes=1)).pushed == 1
    keyless.close()
