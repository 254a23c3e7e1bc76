"""Portals of tests: each is an app of its own, but what is the same in all of them is read and compiled once."""

import os
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache

import portal
from portal.domain.knowledge import Knowledge
from portal.settings import DATA, TRANSLATIONS, Settings
from portal.store.loading import Loaded, load_knowledge
from portal.web.voices.templates import LanguageEnvironment
from tests.parts import COMPILED


def create_app(given: Settings, *more: Any, **named: Any) -> Flask:
    """Return what the portal's own `create_app` does; most tests build theirs on the files as they are."""
    is_whole = given.data == given.shared_data == DATA and not given.kommuner
    loaded = Loaded(knowledge()) if is_whole else None
    app = portal.create_app(given, *more, **{"loaded": loaded, **named})
    if given.translations == TRANSLATIONS:
        share_templates(app)
    return app


@cache
def knowledge() -> Knowledge:
    """Return everything the portal really knows, which nobody changes."""
    return load_knowledge()


def share_templates(app: Flask) -> None:
    """Let an app that has made no page yet, and speaks as the files say, take templates that others have compiled."""
    app.jinja_options = {"bytecode_cache": _compiled}


class _Compiled(BytecodeCache):
    """Templates that some app of this run has compiled, by the language whose words are in them."""

    def __init__(self) -> None:
        self._known: dict[str, bytes] = {}
        self._folder = os.environ.get(COMPILED)

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return what a template is called, wherever it lies."""
        return name

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template what is known of it."""
        key = _key(bucket)
        if key not in self._known and self._folder and Path(self._folder, key).exists():
            self._known[key] = Path(self._folder, key).read_bytes()
        if key in self._known:
            bucket.bytecode_from_string(self._known[key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        key = _key(bucket)
        self._known[key] = bucket.bytecode_to_string()
        if self._folder:
            half = Path(self._folder, f"{key}.{os.getpid()}")
            half.write_bytes(self._known[key])
            half.replace(Path(self._folder, key))


def _key(bucket: Bucket) -> str:
    assert isinstance(bucket.environment, LanguageEnvironment)
    voice = bucket.environment.voice
    parts = (type(voice).__name__, voice.language.tag, bucket.key, bucket.checksum)
    return sha256("\n".join(parts).encode()).hexdigest()


_compiled = _Compiled()
