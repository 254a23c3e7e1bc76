"""An application through its pages, every field of it sung in: nothing on disk, in a log, mail or copy sings along."""

import gzip
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from portal.actions.applications.handling import ask_for_more
from portal.actions.applications.inbox import inbox, open_application
from portal.actions.people.mail import send_outbox
from portal.domain.applications.rules import ApplicationRules
from portal.domain.sentences import in_swedish
from portal.store.backup import back_up
from portal.store.storage import Storage
from portal.web.storage import put_storage
from tests.applicant import Applicant, code_on
from tests.conftest import TUESDAY, Time
from tests.journeys.test_canary import copies
from tests.made_up_applicants import CANARIES, KOMMUN, WORKER, picture
from tests.pages import Visitor
from tests.post_office import PostOffice, opened

NAME_OF_FILE = "Sidensvans.png"


@pytest.fixture
def applicant(app_of_towns: tuple[Flask, Time], storage: Storage) -> Iterator[Applicant]:
    """Return somebody who applies in a portal whose database nobody else has."""
    app, time = app_of_towns
    time.at = TUESDAY
    put_storage(app, storage)
    app.extensions.pop("code_attempts", None)
    with app.test_client() as client:
        yield Applicant(Visitor(client))


def live(applicant: Applicant, storage: Storage, rules: ApplicationRules) -> tuple[str, str]:
    """Pause, come back, add a file, send, be asked and answer, with a mistake on the way; return codes and mails."""
    kind = rules.kinds["elderly"]
    applicant.begin()
    applicant.fill(kind, until="wants")
    applicant.press("pause", wants="Sidensvans väntar.")
    code = code_on(applicant.seen)
    applicant.mine(code, "go_on")
    applicant.press(wants="\x00Gökottan")
    applicant.press(wants="Sidensvans behöver hjälp hemma.")
    applicant.fill(kind, until="files")
    applicant.attach(NAME_OF_FILE, picture())
    applicant.fill(kind)
    applicant.press("send")
    (came,) = inbox(storage, rules, WORKER, TUESDAY, unit="elderly")
    open_application(storage, rules, WORKER, came.application.id, TUESDAY)
    ask_for_more(storage, rules, WORKER, came.application.id, ["name"], "Gökottan?", TUESDAY)
    assert "Gökottan?" in applicant.mine(code).text
    applicant.mine(code, "add", text="Kanariefågel svarar.")
    with opened(PostOffice()) as office:
        send_outbox(storage, office.post, lambda lang, said: in_swedish(said), TUESDAY)
    assert office.recipients
    return code, "\n".join(mail.as_string() for mail in office.received)


def test_nothing_of_an_application_is_plain_on_disk_in_a_log_in_mail_or_in_a_copy(
    applicant: Applicant, storage: Storage, rules: ApplicationRules, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    code, mailed = live(applicant, storage, rules)
    back_up(storage, tmp_path / "backup", TUESDAY)
    # The post office of the tests writes down what it receives; it is no part of the portal.
    logged = "\n".join(record.getMessage() for record in caplog.records if record.name != "mail.log")
    heard = {"log": logged.encode(), "backup": gzip.decompress((tmp_path / "backup").read_bytes())}
    heard |= {path.name: path.read_bytes() for path in copies(storage, tmp_path) if path.exists()}
    words = [*CANARIES, NAME_OF_FILE, code, code.replace("-", "")]
    sung = [(name, word) for name, content in heard.items() for word in words if word.encode() in content]
    assert sung == []
    # A mail goes to an address, and says no more than that there is something to read.
    body = mailed.replace("koltrast@example.se", "")
    assert [word for word in words if word in body] == []
    # The control: where somebody lives is not sealed, and is found by the same search.
    assert any(KOMMUN.encode() in content for content in heard.values())
