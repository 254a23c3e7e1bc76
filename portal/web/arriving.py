"""How a request is read, for residents and for staff: files in memory, and every field by the one reading of text."""

import re
from io import BytesIO
from typing import IO, Any

from flask import Flask, Request, abort, request
from werkzeug.datastructures import ImmutableMultiDict, iter_multi_items

from portal.domain.typed import text_of

_NO_TEXT = re.compile("[\0\ud800-\udfff]")
"""NUL, which PostgreSQL takes in no text, and halves of signs, which no encoding takes. No keyboard writes either."""


_SECRETS = ("password", "old", "again")
"""In the names of fields with a password: that is compared sign by sign."""


class Written(ImmutableMultiDict[str, Any]):
    """The fields of a form or of an address, each read once (portal/domain/typed.py); no view reads another way."""

    def __init__(self, mapping: Any = None) -> None:
        super().__init__([(_bare(name), _read(name, value)) for name, value in iter_multi_items(mapping or ())])


def _bare(text: str) -> str:
    return _NO_TEXT.sub("", text)


def _read(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return _bare(value) if any(secret in name.split("_") for secret in _SECRETS) else text_of(value)


class Arriving(Request):
    """A request whose files stay in memory: the library itself would write a large one to the disk as it is."""

    parameter_storage_class = Written

    def _get_file_stream(self, *_: object, **__: object) -> IO[bytes]:
        return BytesIO()


def init_arriving(app: Flask) -> None:
    """Let an app read requests so; an address with a sign that no text may hold leads nowhere."""
    app.request_class = Arriving

    @app.before_request
    def refuse_no_text() -> None:
        if _NO_TEXT.search(request.path):
            abort(404)
