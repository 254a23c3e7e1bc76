"""How a request is read, for residents and for staff: files in memory, and no sign that no text may hold."""

import re
from io import BytesIO
from typing import IO, Any

from flask import Flask, Request, abort, request
from werkzeug.datastructures import ImmutableMultiDict, iter_multi_items

_NO_TEXT = re.compile("[\0\ud800-\udfff]")
"""NUL, which PostgreSQL takes in no text, and halves of signs, which no encoding takes. No keyboard writes either."""


class Written(ImmutableMultiDict[str, Any]):
    """The fields of a form or of an address, without signs that no text may hold."""

    def __init__(self, mapping: Any = None) -> None:
        super().__init__([(_text(name), _text(value)) for name, value in iter_multi_items(mapping or ())])


def _text(value: Any) -> Any:
    return _NO_TEXT.sub("", value) if isinstance(value, str) else value


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
