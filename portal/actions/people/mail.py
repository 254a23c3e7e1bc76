"""Sending what waits in the outbox, by any SMTP server: at least once, each mail with the same Message-ID for ever."""

import smtplib
import ssl
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from portal.actions.people.letters import Voice, words_of
from portal.domain.people.emails import email_of
from portal.domain.people.letters import TO_STAFF, Letter, Mail
from portal.store.crypto import Unreadable
from portal.store.people import outbox
from portal.store.storage import Storage

SCHEMES = ("smtp", "smtps", "smtp+starttls")
TIMEOUT = 10
"""Seconds to wait for the server; well under the time that one sender has a mail to itself."""

MOST_AT_ONCE = 500
"""Mails of one run; the next run takes the rest."""


@dataclass(frozen=True, slots=True)
class Post:
    """The SMTP server and who sends: `names` are the kommuner's, `site` is the address of the portal for links."""

    smtp_url: str
    sender: str
    site: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sent:
    """How many mails were sent, refused for good by the server, and put off to another time."""

    sent: int = 0
    refused: int = 0
    put_off: int = 0

    @property
    def lines(self) -> tuple[str, ...]:
        """Return a line for each count."""
        return f"mails_sent: {self.sent}", f"mails_refused: {self.refused}", f"mails_put_off: {self.put_off}"


def send_outbox(
    storage: Storage, post: Post, voice: Voice, now: datetime, may_go_on: Callable[[], bool] = lambda: True
) -> Sent:
    """Send what waits, while it may go on. A mail that fails waits longer each time; a server that is down ends it."""
    counts = {"sent": 0, "refused": 0, "put_off": 0}
    line = _Line(post.smtp_url)
    try:
        for _ in range(MOST_AT_ONCE):
            result = _send_next(storage, line, post, voice, now)
            if result is None:
                break
            counts[result] += 1
            if line.is_down or not may_go_on():
                break
    finally:
        line.close()
    return Sent(**counts)


class _Line:
    """The line to the server: opened when first needed, and opened anew after anything went wrong."""

    def __init__(self, smtp_url: str) -> None:
        self._url = smtp_url
        self._server: smtplib.SMTP | None = None
        self.is_down = False

    def server(self) -> smtplib.SMTP | None:
        """Return the server; None when it cannot be reached, or will not do what the address asks."""
        if self._server is None:
            try:
                self._server = _connect(self._url)
            except (OSError, smtplib.SMTPException):
                self.is_down = True
        return self._server

    def close(self) -> None:
        """Hang up."""
        if self._server is not None:
            _close(self._server)
            self._server = None


def _send_next(storage: Storage, line: _Line, post: Post, voice: Voice, now: datetime) -> str | None:
    try:
        claimed = outbox.claim_next(storage, now)
    except Unreadable:
        return "put_off"  # it stays where it is, for the key that opens it
    if claimed is None:
        return None
    server = line.server()
    if server is None:
        outbox.put_off(storage, claimed, now)
        return "put_off"
    result = _try(server, storage, claimed, _message(claimed, post, voice, now), now)
    if result != "sent":
        line.close()  # the conversation may be in the middle of something
    return result


def _try(server: smtplib.SMTP, storage: Storage, claimed: outbox.Claimed, message: EmailMessage, now: datetime) -> str:
    try:
        server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        # 5xx is for good: there is no such address. 4xx is for now.
        if all(500 <= code < 600 for code, _ in error.recipients.values()):
            outbox.mark_sent(storage, claimed.id, now)
            return "refused"
    except (OSError, ValueError, smtplib.SMTPException):
        pass
    else:
        outbox.mark_sent(storage, claimed.id, now)
        return "sent"
    outbox.put_off(storage, claimed, now)
    return "put_off"


def _connect(smtp_url: str) -> smtplib.SMTP:
    url = urlsplit(smtp_url)
    host = url.hostname or "127.0.0.1"
    context = ssl.create_default_context()
    server: smtplib.SMTP
    if url.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, url.port or 465, timeout=TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(host, url.port or (587 if url.scheme == "smtp+starttls" else 25), timeout=TIMEOUT)
    try:
        if url.scheme == "smtp+starttls":
            server.starttls(context=context)
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
    except BaseException:
        _close(server)
        raise
    return server


def _close(server: smtplib.SMTP) -> None:
    with suppress(OSError, smtplib.SMTPException):
        server.quit()
    server.close()


def _message(claimed: outbox.Claimed, post: Post, voice: Voice, now: datetime) -> EmailMessage:
    mail = claimed.mail
    words = words_of(mail, post.names.get(mail.kommun, mail.kommun), _link(mail, post.site))
    message = EmailMessage()
    message["From"] = post.sender
    message["To"] = email_of(mail.to)  # what was kept by an older version too
    message["Subject"] = " ".join(voice(mail.lang, words.subject).split())
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{claimed.id}@{post.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    lines = (line if isinstance(line, str) else voice(mail.lang, line) for line in words.lines)
    message.set_content("\n\n".join(lines) + "\n", cte="quoted-printable")
    message["Content-Language"] = mail.lang  # setting the content takes away every header about the content
    return message


def _link(mail: Mail, site: str | None) -> str | None:
    """Return where a mail leads. A code stands after the #, which no server ever sees."""
    if site is None:
        return None
    if mail.letter in TO_STAFF:
        return f"{site.rstrip('/')}/staff/welcome" if mail.letter is Letter.STAFF_CODE else f"{site.rstrip('/')}/staff"
    start = f"{site.rstrip('/')}/{mail.lang}/{mail.kommun}"
    if mail.letter is Letter.SOMETHING_TO_READ:
        return f"{start}/"  # the start page: the address in a mail must not tell what it is about
    if mail.letter in (Letter.FREE, Letter.WISHED):
        return f"{start}/groups/{mail.gaps['group']}"
    if "code" in mail.gaps:
        return f"{start}/my-place#{mail.gaps['code']}"
    return f"{start}/my-place"
