"""The storage of the running app: one, and nothing is asked of the database before it is needed."""

from flask import Flask

from portal.store.storage import Storage
from portal.web.storage import current_storage, put_storage


def test_the_features_remember_with_the_storage_of_their_app(app: Flask) -> None:
    with app.test_request_context():
        assert isinstance(current_storage(), Storage)


def test_each_app_has_its_own() -> None:
    one, other = Flask("one"), Flask("other")
    first, second = object(), object()
    put_storage(one, first)  # type: ignore[arg-type]
    put_storage(other, second)  # type: ignore[arg-type]
    with one.app_context():
        assert current_storage() is first
    with other.app_context():
        assert current_storage() is second
