"""Every kind of mail in every language, through a real server, as other programs than ours read it."""

import quopri
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from portal.actions.languages.voices import load_voice
from portal.actions.people.mail import send_outbox
from portal.domain.people.letters import TO_STAFF, Letter, Mail
from portal.store.languages.menu import load_languages
from portal.store.people.outbox import post
from portal.store.storage import Storage
from tests.actions.people.test_letters import GAPS
from tests.made_up_groups import NOW
from tests.post_office import PostOffice, opened, text_of

HIDDEN = re.compile(r"[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Signs that nobody sees: a program takes those beside an address into it."""


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """Return a post office that is open."""
    with opened(PostOffice()) as found:
        yield found


def test_an_address_in_a_mail_works_in_every_language_and_program(storage: Storage, office: PostOffice) -> None:
    languages = tuple(load_languages())
    wanted = [(letter, lang) for letter in Letter for lang in languages]
    mails = [
        Mail(letter, f"{number}@exämple.se", lang, "lekeberg", GAPS) for number, (letter, lang) in enumerate(wanted)
    ]
    with storage.database.transaction() as connection:
        post(connection, storage.vault, mails, NOW)
    done = send_outbox(storage, replace(office.post, names={"lekeberg": "Lekebergs kommun"}), load_voice(), NOW)
    assert done.sent == len(mails)
    for message in office.received:
        letter, lang = wanted[int(message["To"].partition("@")[0])]
        assert message["To"].endswith("@xn--exmple-cua.se")
        assert (message["Content-Language"], message.get_content_type()) == (lang, "text/plain")
        # Python's parser, and by hand: the head and the body as the bytes went over the net.
        text = text_of(message)
        head, _, body = message.as_bytes().replace(b"\r\n", b"\n").partition(b"\n\n")
        assert quopri.decodestring(body).decode().splitlines() == text.splitlines()
        assert max(map(len, [*head.splitlines(), *body.splitlines()])) <= 998
        addresses = [line for line in text.splitlines() if "https://" in line]
        assert len(addresses) == 1, (letter, lang)
        assert addresses[0].startswith(f"https://stod.example.se/{'staff' if letter in TO_STAFF else lang}")
        assert not HIDDEN.search(addresses[0])
        assert " " not in addresses[0]
