"""Portals of tests: each is an app of its own, but what is the same in all of them is read and compiled once."""

from functools import cache
from types import CodeType
from typing import Any

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache

import portal
from portal.domain.knowledge import Knowledge
from portal.settings import DATA, TRANSLATIONS, Settings
from portal.store.loading import Loaded, load_knowledge
from portal.web.voices.templates import LanguageEnvironment


def create_app(given: Settings, *more: Any, **named: Any) -> Flask:
    """Return what the portal's own `create_app` does; most tests build theirs on the files as they are."""
    is_whole = given.data == given.shared_data == DATA and not given.kommuner
    loaded = Loaded(knowledge()) if is_whole else None
    app = portal.create_app(given, *more, **{"loaded": loaded, **named})
    if given.translations == TRANSLATIONS:
        app.jinja_options = {"bytecode_cache": _compiled}
    return app


@cache
def knowledge() -> Knowledge:
    """Return everything the portal really knows, which nobody changes."""
    return load_knowledge()


class _Compiled(BytecodeCache):
    """Templates that some app of this process has compiled, by the language whose words are in them."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the template what is known of it."""
        bucket.code = self._known.get(_key(bucket))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        assert bucket.code is not None
        self._known[_key(bucket)] = bucket.code


def _key(bucket: Bucket) -> tuple[object, ...]:
    assert isinstance(bucket.environment, LanguageEnvironment)
    voice = bucket.environment.voice
    return type(voice), voice.language.tag, bucket.key, bucket.checksum


_compiled = _Compiled()
