"""How long another server is waited for: however it is slow, who waits for a page is told in time."""

import socket
from collections.abc import Callable, Iterator
from threading import Event, Thread
from time import monotonic

import pytest
import requests

from portal.store.patience import OF_A_REQUEST
from portal.web.outgoing import FOR_A_PAGE, LONGEST, InTime, Waiting
from portal.web.patience import seconds_for

QUICKLY = Waiting(silence=0.4, whole=0.7)
"""For tests, which nobody waits for."""

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"

Speaks = Callable[[socket.socket, Event], None]


@pytest.fixture
def serve() -> Iterator[Callable[[Speaks], str]]:
    """Return what begins a server that speaks as a test says, until the test is over."""
    listening, over = socket.create_server(("127.0.0.1", 0)), Event()
    threads: list[Thread] = []

    def begin(speaks: Speaks) -> str:
        def answer() -> None:
            with listening.accept()[0] as connection:
                connection.recv(65536)
                try:
                    speaks(connection, over)
                except OSError:
                    return  # whoever asked has gone

        threads.append(Thread(target=answer))
        threads[-1].start()
        return f"http://127.0.0.1:{listening.getsockname()[1]}/"

    yield begin
    over.set()
    for thread in threads:
        thread.join()
    listening.close()


def fetched(address: str) -> bytes:
    """Return what a server answers, in time."""
    with requests.Session() as session:
        session.mount("http://", InTime(QUICKLY))
        return session.get(address).content


def silent(_: socket.socket, over: Event) -> None:
    over.wait(10)


def dripping(connection: socket.socket, over: Event) -> None:
    connection.sendall(HEAD % 1000)
    while not over.wait(0.1):
        connection.sendall(b" ")


def endless(connection: socket.socket, over: Event) -> None:
    connection.sendall(HEAD % (4 * LONGEST))
    while not over.is_set():
        connection.sendall(b" " * 65536)


def cut_off(connection: socket.socket, _: Event) -> None:
    connection.sendall(HEAD % 1000 + b"{")


@pytest.mark.parametrize("speaks", [silent, dripping, endless, cut_off])
def test_however_a_server_is_slow_the_wait_has_an_end(serve: Callable[[Speaks], str], speaks: Speaks) -> None:
    address, began = serve(speaks), monotonic()
    with pytest.raises((requests.Timeout, requests.ConnectionError)):
        fetched(address)
    assert monotonic() - began < 5, "far less than a server that drips would take"


def test_an_answer_comes_whole_also_in_pieces(serve: Callable[[Speaks], str]) -> None:
    def in_pieces(connection: socket.socket, _: Event) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for piece in (b'5\r\n{"a":\r\n', b"3\r\n 1}\r\n", b"0\r\n\r\n"):
            connection.sendall(piece)

    assert fetched(serve(in_pieces)) == b'{"a": 1}'


def test_time_outs_nest() -> None:
    # She is told within ten seconds; then the database may still be asked who she is, and the request has its own end.
    assert FOR_A_PAGE.silence < FOR_A_PAGE.whole <= 10
    assert FOR_A_PAGE.whole + OF_A_REQUEST.deed < seconds_for(())
