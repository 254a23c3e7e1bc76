"""The storage of the running app, for the features that remember; what must not remember never imports this."""

from typing import cast

from flask import Flask, current_app

from portal.store.storage import Storage


def put_storage(app: Flask, storage: Storage) -> None:
    """Let the features of an app remember with that storage."""
    app.extensions["storage"] = storage


def storage_of(app: Flask) -> Storage:
    """Return the storage of an app."""
    return cast("Storage", app.extensions["storage"])


def current_storage() -> Storage:
    """Return the storage of the running app; it connects when it is first used."""
    return storage_of(current_app)
