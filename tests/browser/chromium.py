"""A real Chromium for the browser tests: the one that is there, or one that is fetched now."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class NoBrowser(Exception):
    """No browser is there and none could be fetched; says what was tried."""


def find_or_fetch() -> str:
    """Return the path of a Chromium; fetch one where there is none, or raise NoBrowser."""
    found = find()
    if found:
        return found
    for fetch in (_by_the_system, _by_playwright):
        fetch()
        found = find()
        if found:
            return found
    raise NoBrowser(
        "The browser tests need Chromium. None was found, and neither the system's packages "
        "nor Playwright could fetch one. Install Chromium, or set CHROMIUM to the path of one."
    )


def find() -> str | None:
    """Return the path of a Chromium that is there, or None."""
    given = os.environ.get("CHROMIUM")
    if given and Path(given).exists():
        return given
    for name in NAMES:
        path = shutil.which(name)
        if path:
            return path
    return _of_playwright()


def _of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - starting it costs a second

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _by_the_system() -> None:
    if shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run(["apt-get", "update"], check=False, **quiet)  # noqa: S607
        packages = ["chromium", "fonts-noto-core"]
        subprocess.run(["apt-get", "install", "-y", "--no-install-recommends", *packages], check=False, **quiet)  # noqa: S603, S607


def _by_playwright() -> None:
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
