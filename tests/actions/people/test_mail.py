"""Mail by a real SMTP server: nothing is lost when it is down, and a mail tried again is the same mail."""

import json
import smtplib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from portal.actions.people.mail import Post, Sent, send_outbox
from portal.domain.people.letters import Letter, Mail
from portal.domain.sentences import Sentence, in_swedish
from portal.store.people import tables as m
from portal.store.people.outbox import CLAIM, count_unsent, post
from portal.store.storage import Storage
from tests.made_up_groups import NOW
from tests.post_office import PostOffice, opened, text_of

CODE = "KX4-7TM-9PR-2HC"


def voice(lang: str, said: Sentence) -> str:
    """Say a sentence in Swedish, and in which language it was asked for."""
    return f"[{lang}] {in_swedish(said)}"


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """Return a post office that is open."""
    with opened(PostOffice()) as found:
        yield found


def write(storage: Storage, *mails: Mail) -> None:
    """Write mails to the outbox."""
    with storage.database.transaction() as connection:
        post(connection, storage.vault, mails, NOW)


def placed(who: int = 1, **changes: object) -> Mail:
    """Return the receipt of somebody made up."""
    gaps = {"day": "2027-01-12", "time": "18:00", "code": CODE}
    mail = Mail(Letter.PLACED, f"exempel{who}@example.se", "ti", "solbacka", gaps)
    return replace(mail, **changes)  # type: ignore[arg-type]


def test_a_mail_arrives_in_the_resident_s_language_with_a_link_no_server_sees(
    storage: Storage, office: PostOffice
) -> None:
    write(storage, placed())
    assert send_outbox(storage, office.post, voice, NOW) == Sent(sent=1)
    (message,) = office.received
    assert message["To"] == "exempel1@example.se"
    assert message["From"] == "portalen@example.se"
    assert message["Subject"] == "[ti] Meddelande från Solbacka kommun"
    assert message["Content-Language"] == "ti"
    assert message["Auto-Submitted"] == "auto-generated"
    words = text_of(message)
    assert f"[ti] Din kod är {CODE}." in words
    assert f"https://stod.example.se/ti/solbacka/my-place#{CODE}" in words
    assert send_outbox(storage, office.post, voice, NOW + 2 * CLAIM) == Sent()


def test_a_server_that_is_down_loses_nothing_and_the_mail_stays_the_same(storage: Storage) -> None:
    write(storage, placed(1), placed(2))
    office = PostOffice()
    office.port = 9
    assert send_outbox(storage, office.post, voice, NOW) == Sent(put_off=1)
    assert count_unsent(storage) == 2
    with opened(office):
        assert send_outbox(storage, office.post, voice, NOW) == Sent(sent=1)
        assert send_outbox(storage, office.post, voice, NOW + timedelta(minutes=1)) == Sent(sent=1)
    assert sorted(office.recipients) == ["exempel1@example.se", "exempel2@example.se"]
    assert count_unsent(storage) == 0


def test_a_mail_that_was_sent_but_not_noted_comes_again_with_the_same_message_id(
    storage: Storage, office: PostOffice
) -> None:
    write(storage, placed())
    office.after_data = "451 try again later"
    assert send_outbox(storage, office.post, voice, NOW) == Sent(put_off=1)
    office.after_data = "250 OK"
    assert send_outbox(storage, office.post, voice, NOW + timedelta(minutes=1)) == Sent(sent=1)
    first, second = (message["Message-ID"] for message in office.received)
    assert first == second
    assert str(first).endswith("@example.se>")


def test_a_sender_that_dies_leaves_its_mail_to_the_next(storage: Storage, office: PostOffice) -> None:
    write(storage, placed())

    def dies(lang: str, said: Sentence) -> str:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send_outbox(storage, office.post, dies, NOW)
    assert send_outbox(storage, office.post, voice, NOW) == Sent()
    assert send_outbox(storage, office.post, voice, NOW + CLAIM) == Sent(sent=1)


def test_an_address_that_does_not_exist_is_given_up_and_the_others_are_sent(
    storage: Storage, office: PostOffice
) -> None:
    write(storage, *(placed(who) for who in (1, 2, 3)))
    office.answers = {"exempel1@example.se": "550 no such user", "exempel2@example.se": "450 mailbox is full"}
    assert send_outbox(storage, office.post, voice, NOW) == Sent(sent=1, refused=1, put_off=1)
    assert office.recipients == ["exempel3@example.se"]
    assert count_unsent(storage) == 1


def test_a_mail_that_cannot_be_made_does_not_stop_the_others(storage: Storage, office: PostOffice) -> None:
    write(storage, placed(1, to="å@example.se"), placed(2))
    counts = send_outbox(storage, office.post, voice, NOW)
    assert counts.sent + counts.put_off == 2
    assert "exempel2@example.se" in office.recipients


def test_a_mail_that_no_key_opens_stays_and_does_not_stop_the_others(storage: Storage, office: PostOffice) -> None:
    write(storage, placed(1))
    with storage.database.transaction() as connection:
        connection.execute(update(m.outbox).values(sealed="of another key"))
    write(storage, placed(2))
    assert send_outbox(storage, office.post, voice, NOW) == Sent(sent=1, put_off=1)
    assert count_unsent(storage) == 1


LINKS: dict[str, tuple[Mail, str]] = {
    "with a code": (placed(), f"/ti/solbacka/my-place#{CODE}"),
    "without": (placed(letter=Letter.LAPSED, gaps={}), "/ti/solbacka/my-place"),
    "a one-time code": (placed(letter=Letter.STAFF_CODE, gaps={"code": CODE}), "/staff/welcome"),
    "a changed account": (placed(letter=Letter.STAFF_CHANGED, gaps={}), "/staff"),
    "a free place": (placed(letter=Letter.FREE, gaps={"group": "7k2m"}), "/ti/solbacka/groups/7k2m"),
}


@pytest.mark.parametrize(("mail", "path"), LINKS.values(), ids=LINKS)
def test_a_mail_leads_to_its_page(storage: Storage, office: PostOffice, mail: Mail, path: str) -> None:
    write(storage, mail)
    send_outbox(storage, office.post, voice, NOW)
    assert f"https://stod.example.se{path}\n" in text_of(office.received[0])


def test_without_an_address_of_the_site_there_is_no_link(storage: Storage, office: PostOffice) -> None:
    write(storage, placed())
    send_outbox(storage, replace(office.post, site=None, names={}), voice, NOW)
    assert "http" not in text_of(office.received[0])
    assert office.received[0]["Subject"] == "[ti] Meddelande från solbacka"


@pytest.mark.parametrize(
    "url", ["smtps://127.0.0.1:{port}", "smtp+starttls://127.0.0.1:{port}", "smtp://a:b@127.0.0.1:{port}"]
)
def test_a_server_that_cannot_do_what_is_asked_is_not_spoken_to_in_the_open(
    storage: Storage, office: PostOffice, url: str
) -> None:
    write(storage, placed())
    asked = Post(url.format(port=office.port), "portalen@example.se")
    assert send_outbox(storage, asked, voice, NOW) == Sent(put_off=1)
    assert office.received == []
    assert count_unsent(storage) == 1


def test_the_library_that_sends_knows_the_refusals_we_look_for() -> None:
    assert issubclass(smtplib.SMTPRecipientsRefused, smtplib.SMTPException)
    assert json.loads(json.dumps(str(Letter.PLACED))) == "placed"
