"""Calls to others: nobody inside the house, nobody who drips for ever, no second address behind a name."""

import socket
from contextlib import suppress
from threading import Event, Thread

import pytest

from portal.actions.outside import Refused, post


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/",
        "https://10.0.0.8/",
        "https://192.168.1.1:8443/x",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[2002:7f00:1::]/",
        "https://[fe80::1]/",
        "https://0.0.0.0/",
        "https://224.0.0.1/",
        "https://localhost/",
        "https:///nothing",
        "https://example.com:99999/",
    ],
)
def test_an_address_inside_the_house_is_refused_before_it_is_called(url: str) -> None:
    with pytest.raises(Refused):
        post(url, b"", {})


def test_a_port_where_nobody_listens_is_refused() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(Refused, match="ConnectionRefusedError"):
            post(f"http://127.0.0.1:{taken.getsockname()[1]}/", b"", {}, may_stay_inside=True)


def test_who_speaks_no_http_and_no_tls_is_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            for _ in range(2):
                other, _address = server.accept()
                with other:
                    other.recv(64)
                    other.sendall(b"what?\r\n\r\n")

        thread = Thread(target=answer)
        thread.start()
        port = server.getsockname()[1]
        for scheme in ("http", "https"):
            with pytest.raises(Refused):
                post(f"{scheme}://127.0.0.1:{port}/", b"", {}, may_stay_inside=True)
        thread.join()


def test_who_drips_is_left_after_a_while() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            other, _address = server.accept()
            with other, suppress(OSError):
                other.sendall(b"HTTP/1.1 2")
                while not is_left.wait(0.01):
                    other.sendall(b"x")

        is_left = Event()
        thread = Thread(target=drip)
        thread.start()
        try:
            with pytest.raises(Refused):
                post(f"http://127.0.0.1:{server.getsockname()[1]}/", b"", {}, may_stay_inside=True, longest=0.2)
        finally:
            is_left.set()
            thread.join()
