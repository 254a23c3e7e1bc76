"""Cleaning of files beside the requests: a page waits a little for it, and otherwise says that it goes on."""

from collections.abc import Callable
from datetime import datetime

from flask import Flask, current_app

from portal.actions.applications.attachments import clean_files
from portal.web.beside import Beside
from portal.web.storage import storage_of

WAITED = 5.0
"""Seconds that a page waits for a file to be cleaned: most are by then. The others are shown as such."""


def put_cleaning(app: Flask, clock: Callable[[], datetime]) -> None:
    """Let the files of an app be cleaned beside its requests."""
    app.extensions["cleaning"] = Beside(lambda: clean_files(storage_of(app), clock()))


def clean_soon() -> None:
    """Let what stands in the line be cleaned, and wait for nothing: who was at it may have been stopped."""
    found: Beside = current_app.extensions["cleaning"]
    found.ask(0)


def clean_beside() -> bool:
    """Let what stands in the line be cleaned; return whether it was while somebody looked at her phone."""
    found: Beside = current_app.extensions["cleaning"]
    return found.ask(WAITED)
