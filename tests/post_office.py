"""A real SMTP server on the loopback, which can refuse, and be shut."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from email.policy import default
from threading import Thread
from typing import Any

from aiosmtpd.smtp import SMTP

from portal.actions.people.mail import Post


class PostOffice:
    """Takes mail; answers what a test tells it to answer."""

    def __init__(self) -> None:
        self.received: list[Message] = []
        self.recipients: list[str] = []
        self.answers: dict[str, str] = {}
        self.after_data = "250 OK"
        self.port = 0

    async def handle_RCPT(  # noqa: N802 - the name that the server looks for
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        """Accept a recipient, or answer as told."""
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - as above
        """Take a mail."""
        self.received.append(message_from_bytes(envelope.content, policy=default))
        self.recipients += envelope.rcpt_tos
        return self.after_data

    @property
    def post(self) -> Post:
        """Return how the portal reaches it."""
        names = {"solbacka": "Solbacka kommun"}
        return Post(f"smtp://127.0.0.1:{self.port}", "portalen@example.se", "https://stod.example.se/", names)


@contextmanager
def opened(office: PostOffice) -> Iterator[PostOffice]:
    """Open the post office for a while, on a port that the system chooses."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    opening = loop.create_server(lambda: SMTP(office, loop=loop), "127.0.0.1", 0)
    server = asyncio.run_coroutine_threadsafe(opening, loop).result(timeout=10)
    try:
        office.port = server.sockets[0].getsockname()[1]
        yield office
    finally:
        loop.call_soon_threadsafe(server.close)
        asyncio.run_coroutine_threadsafe(_settled(), loop).result(timeout=10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=10)
        loop.close()


async def _settled() -> None:
    """End every conversation that is still open."""
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


def text_of(message: Message) -> str:
    """Return the words of a mail."""
    content = message.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode().replace("\r\n", "\n")
