"""Who drips, says nothing or stops half way holds nobody else up, and is cut off."""

import shutil
import socket
from contextlib import ExitStack
from pathlib import Path

import pytest

from portal.web.patience import ANSWER, SLOWEST, seconds_for
from tests.served import served

SLOW = 200
HALF_WAY = (
    b"",
    b"GET / HTTP/1.1\r\nHost: portal\r\nX-Slow: ",
    b"GET / HT",
    b"POST /sv/lekeberg/self-check HTTP/1.1\r\nHost: portal\r\nContent-Length: 5000\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\ntopics=",
)


@pytest.mark.parametrize(("length", "seconds"), [("", 0), ("0", 0), (str(10 * SLOWEST), 10), ("many", 0)])
def test_a_body_may_take_as_long_as_it_is(length: str, seconds: float) -> None:
    headers = [("HOST", "portal"), ("CONTENT-LENGTH", length)]
    assert seconds_for(headers) == ANSWER + seconds


def test_others_are_answered_under_two_hundred_slow_clients_and_who_drips_is_cut_off(
    filled: Path, tmp_path: Path
) -> None:
    database = shutil.copy(filled, tmp_path / "portal.sqlite")
    with served(tmp_path, f"sqlite:///{database}") as portal, ExitStack() as stack:
        assert portal.ask("/sv/lekeberg/", seconds=60)[0] == 200
        slow = []
        for number in range(SLOW):
            client = stack.enter_context(socket.create_connection(("127.0.0.1", portal.port), timeout=30))
            client.sendall(HALF_WAY[number % len(HALF_WAY)])
            slow.append(client)
        for _ in range(15):
            for client in slow:
                if client is not slow[0]:
                    client.send(b"x")
            for path, body in (("/sv/lekeberg/", None), ("/sv/lekeberg/self-check", b"topics=parenting")):
                status, _, took = portal.ask(path, body)
                assert status == 200
                assert took < 3
        assert slow[1].recv(1) == b""
