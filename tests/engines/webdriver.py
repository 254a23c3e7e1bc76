"""As much of W3C WebDriver as a walk through the portal needs, against a driver of the browser's own."""

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

PATIENCE = 30.0
"""Seconds that a page may take."""

_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class Missing(Exception):
    """A program that the engine needs is not installed; says the packages that bring it."""


class Refused(Exception):
    """The driver could not do what was asked."""


@dataclass(frozen=True)
class Browser:
    """A window of a browser that a driver steers."""

    session: str

    def go(self, address: str) -> None:
        """Open an address and wait until it has come."""
        _ask("POST", f"{self.session}/url", {"url": address})

    def run(self, script: str, *given: object) -> Any:
        """Return what a script returns in the page."""
        return _ask("POST", f"{self.session}/execute/sync", {"script": script, "args": list(given)})

    def wait(self, script: str, *given: object) -> Any:
        """Return what a script returns as soon as that is something; raise Refused when it never is."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            found = self.run(script, *given)
            if found:
                return found
            time.sleep(0.1)
        heading = self.run("return document.querySelector('main')?.innerText")
        raise Refused(f"never came: {script} {given}; the page says: {str(heading)[:300]}")

    def press(self, selector: str) -> None:
        """Scroll to the first element of that selector and press it as a finger does."""
        self.wait("return document.querySelector(arguments[0]) !== null", selector)
        self.run("document.querySelector(arguments[0]).scrollIntoView({ block: 'center' })", selector)
        _ask("POST", f"{self.session}/element/{self._find(selector)}/click", {})

    def write(self, selector: str, text: str) -> None:
        """Write in the first field of that selector."""
        _ask("POST", f"{self.session}/element/{self._find(selector)}/value", {"text": text})

    def _find(self, selector: str) -> str:
        found = _ask("POST", f"{self.session}/element", {"using": "css selector", "value": selector})
        return str(found[_ELEMENT])


def _ask(method: str, address: str, body: object = None) -> Any:
    request = Request(address, None if body is None else json.dumps(body).encode(), method=method)  # noqa: S310 - ours
    request.add_header("Content-Type", "application/json")
    try:
        with urlopen(request, timeout=PATIENCE * 2) as answer:  # noqa: S310 - the driver, on this machine
            return json.load(answer)["value"]
    except HTTPError as error:
        raise Refused(error.read().decode(errors="replace")[:600]) from None


@contextmanager
def webkit() -> Iterator[Browser]:
    """Open WebKitGTK's MiniBrowser."""
    driver = _program("WebKitWebDriver", "webkit2gtk-driver")
    mini = next(iter(sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))), None)
    if mini is None:
        raise Missing("webkit2gtk-driver")
    options = {"binary": str(mini), "args": ["--automation"]}
    with _driven([driver], {"webkitgtk:browserOptions": options}) as browser:
        yield browser


@contextmanager
def firefox() -> Iterator[Browser]:
    """Open Firefox without a window."""
    driver, binary = _program("geckodriver", "a geckodriver"), _program("firefox-esr", "firefox-esr")
    with _driven([driver], {"moz:firefoxOptions": {"binary": binary, "args": ["-headless"]}}) as browser:
        yield browser


def _program(name: str, package: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise Missing(package)
    return found


@contextmanager
def _driven(command: list[str], wanted: dict[str, object]) -> Iterator[Browser]:
    with ExitStack() as stack:
        environment = {**os.environ, "GTK_A11Y": "none", "NO_AT_BRIDGE": "1"}
        if "DISPLAY" not in environment:
            environment["DISPLAY"] = stack.enter_context(_screen())
        with socket.create_server(("127.0.0.1", 0)) as listening:
            port = listening.getsockname()[1]
        process = subprocess.Popen(  # noqa: S603 - our own command
            [*command, f"--port={port}"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        stack.callback(process.wait)
        stack.callback(process.terminate)
        root = f"http://127.0.0.1:{port}"
        _until_it_listens(root)
        made = _ask("POST", f"{root}/session", {"capabilities": {"alwaysMatch": wanted}})
        session = f"{root}/session/{made['sessionId']}"
        stack.callback(_ask, "DELETE", session)
        yield Browser(session)


def _until_it_listens(root: str) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            _ask("GET", f"{root}/status")
        except (URLError, OSError):
            if time.monotonic() > end:
                raise Refused("the driver never listened") from None
            time.sleep(0.1)
        else:
            return


@contextmanager
def _screen() -> Iterator[str]:
    """Run a screen that nobody sees; it says itself which number it has."""
    program, (read, write) = _program("Xvfb", "xvfb"), os.pipe()
    process = subprocess.Popen(  # noqa: S603 - our own command
        [program, "-displayfd", str(write), "-screen", "0", "800x900x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as told:
            yield f":{told.readline().strip()}"
    finally:
        process.terminate()
        process.wait()
