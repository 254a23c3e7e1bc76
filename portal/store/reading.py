"""Strict reading of YAML 1.2: every wrong key, type or value is a finding with file and place; nothing is guessed."""

import re
from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

import yaml

from portal.domain.findings import ERROR, Finding
from portal.domain.sentences import Sentence

T = TypeVar("T")

DATA = Path(__file__).resolve().parents[2] / "data"
"""The reviewed files that the portal ships."""

EMPTY = Sentence("")
"""Stands in for a text that was wrong and has been reported."""


_ONLY_IN_YAML_1_1 = ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:int")

_HTML = re.compile(r"</?[a-z!]|&(?:[a-z]+|#[0-9]+);", re.IGNORECASE)
"""Tags and entities, which a page would show as they stand."""


class _OnceLoader(yaml.CSafeLoader):
    """YAML 1.2 in which a key may stand only once; the plain loader would silently take the last.

    In YAML 1.1 `on`, `off`, `yes` and `no` are true and false, and 13:00 is the number 780; here they are words.
    """

    yaml_implicit_resolvers = {
        first: [(tag, regexp) for tag, regexp in found if tag not in _ONLY_IN_YAML_1_1]
        for first, found in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }


def _mapping_once(loader: yaml.CSafeLoader, node: yaml.MappingNode) -> dict[Hashable, object]:
    found: dict[Hashable, object] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, Hashable):
            raise yaml.constructor.ConstructorError(None, None, "a key must be a simple value", key_node.start_mark)
        key = str(key)  # 1 and "1" are one key to every reader
        if key in found:
            raise yaml.constructor.ConstructorError(None, None, f"the key {key!r} stands twice", key_node.start_mark)
        found[key] = loader.construct_object(value_node, deep=True)
    return found


for _tag, _written, _first in (
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"^[-+]?(?:0|[1-9][0-9]*)$", "-+0123456789"),  # 0585 is no number: a phone's 0 is not lost
):
    _OnceLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_written), list(_first))
_OnceLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping_once)


@dataclass
class Findings:
    """What was found wrong so far, in one place for all readers."""

    found: list[Finding] = field(default_factory=list)
    _unreadable: set[str] = field(default_factory=set)

    def add(self, file: str, place: str, says: str, paragraph: str | None = None) -> None:
        """Add an error at a place of a file, unless it only follows from a file that could not be read."""
        if not self.follows(file):
            self.found.append(Finding(ERROR, file, place, Sentence("{says}", (("says", says),)), paragraph))

    def unreadable(self, file: str, says: str) -> None:
        """Add that a file cannot be read. Whatever else it would lack, or others would miss in it, is no finding."""
        self.found.append(Finding(ERROR, file, "", Sentence("{says}", (("says", says),))))
        self._unreadable.add(file)

    def follows(self, file: str) -> bool:
        """Return whether what is wrong in a file may only be that another could not be read: itself, or one it needs.

        Every file needs those that all kommuner share, and the files of a kommun need its kommun.yaml.
        """
        return any(file == one or "/" not in one or file.startswith(_needed_by(one)) for one in self._unreadable)


def _needed_by(unreadable: str) -> str:
    """Return how the files begin that need one which could not be read: those of a kommun need its kommun.yaml."""
    return unreadable.removesuffix("kommun.yaml") if unreadable.endswith("/kommun.yaml") else f"{unreadable}/"


def read_yaml(path: Path, name: str, findings: Findings) -> dict[str, object]:
    """Return the mapping in a YAML file; a file that cannot be read, or of another shape, is a finding and gives {}."""
    known = len(findings.found)
    data = _load(path, name, findings)
    if isinstance(data, dict):
        return {str(key): value for key, value in data.items()}
    if len(findings.found) == known:
        findings.unreadable(name, "must be a mapping of keys to values")
    return {}


def parse_yaml(text: str) -> object:
    """Return what a text in YAML 1.2 says; raise what the reader of YAML raises."""
    return yaml.load(text, Loader=_OnceLoader)  # noqa: S506 - a SafeLoader


def _load(path: Path, name: str, findings: Findings) -> object:
    try:
        return parse_yaml(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        findings.unreadable(name, "the file is missing")
    except (UnicodeDecodeError, yaml.YAMLError, OSError, ValueError, RecursionError) as error:
        findings.unreadable(name, f"cannot be read: {' '.join(str(error).split())}")
    return None


def read_yaml_list(path: Path, name: str, findings: Findings) -> list[object]:
    """Return the list in a YAML file; a file that cannot be read, or of another shape, is a finding and gives []."""
    data = _load(path, name, findings)
    if data is not None and not isinstance(data, list):
        findings.unreadable(name, "must be a list")
    return data if isinstance(data, list) else []


class Fields:
    """The keys of one mapping: each is taken once, by type; what is left over at the end is an unknown key."""

    def __init__(self, data: object, file: str, place: str, findings: Findings) -> None:
        self.file, self.place, self.findings = file, place, findings
        if not isinstance(data, Mapping):
            self.wrong("", "must be a mapping of keys to values")
            data = {}
        self._left: dict[str, object] = {str(key): value for key, value in data.items()}

    def has(self, key: str) -> bool:
        """Return whether a key is there and not yet taken."""
        return self._left.get(key) is not None

    def names(self, key: str) -> bool:
        """Return whether a key is written and not yet taken, also where it says null."""
        return key in self._left

    def add(self, keys: Mapping[str, object]) -> None:
        """Add keys that the file need not write itself."""
        self._left.update(keys)

    def wrong(self, key: str, says: str, paragraph: str | None = None) -> None:
        """Add a finding about a key of this mapping."""
        self.findings.add(self.file, ".".join(part for part in (self.place, key) if part), says, paragraph)

    def take(self, key: str, *, required: bool = True) -> object:
        """Take a raw value; a missing required key is a finding and gives None."""
        value = self._left.pop(key, None)
        if value is None and required:
            self.wrong(key, "is missing")
        return value

    def _typed(self, key: str, kind: type[T], named: str, required: bool) -> T | None:
        value = self.take(key, required=required)
        if value is None or (isinstance(value, kind) and not (kind is int and isinstance(value, bool))):
            return value
        self.wrong(key, f"must be {named}, not {value!r}")
        return None

    def string(self, key: str, *, required: bool = True) -> str | None:
        """Take a text that is not empty."""
        value = self._typed(key, str, "a text", required)
        if value is not None and not value.strip():
            self.wrong(key, "is empty")
            return None
        if value is not None:
            self._plain(key, value)
        return value.strip() if value is not None else None

    def _plain(self, key: str, value: str) -> None:
        if _HTML.search(value):
            self.wrong(key, f"has html, which is shown as it stands: {value!r}")

    def text(self, key: str, *, gaps: Collection[str] = ()) -> Sentence:
        """Take a required text for people; only the named gaps may stand in braces."""
        return self.maybe_text(key, required=True, gaps=gaps) or EMPTY

    def maybe_text(self, key: str, *, required: bool = False, gaps: Collection[str] = ()) -> Sentence | None:
        """Take a text for people, or None."""
        value = self.string(key, required=required)
        return None if value is None else self._sentence(key, value, gaps)

    def _sentence(self, key: str, value: str, gaps: Collection[str]) -> Sentence:
        stripped = value
        for gap in gaps:
            stripped = stripped.replace("{" + gap + "}", "")
        if "{" in stripped or "}" in stripped:
            self.wrong(key, "has braces, which mark gaps in translated texts")
            return EMPTY
        return Sentence(" ".join(value.split()))

    def texts(self, key: str, *, required: bool = True) -> tuple[Sentence, ...]:
        """Take a list of texts for people."""
        return tuple(self._sentence(key, text, ()) for text in self.strings(key, required=required))

    def strings(self, key: str, *, required: bool = True) -> tuple[str, ...]:
        """Take a list of texts, none of them empty."""
        value = self._typed(key, list, "a list", required)
        if value is None:
            return ()
        if not all(isinstance(item, str) and item.strip() for item in value):
            self.wrong(key, "must be a list of texts")
            return ()
        for text in value:
            self._plain(key, text)
        return tuple(value)

    def one_of(self, key: str, known: Collection[str], *, required: bool = True) -> str | None:
        """Take one of the known words."""
        value = self.take(key, required=required)
        if value is None or (isinstance(value, str) and value in known):
            return value
        self.wrong(key, f"has no {value!r}; it has: {', '.join(known)}")
        return None

    def some_of(self, key: str, known: Collection[str], *, required: bool = True) -> tuple[str, ...]:
        """Take a list of known words."""
        found = self.strings(key, required=required)
        for word in found:
            if word not in known:
                self.wrong(key, f"has no {word!r}; it has: {', '.join(known)}")
        for word in sorted({word for word in found if found.count(word) > 1}):
            self.wrong(key, f"has {word!r} twice")
        return tuple(word for word in dict.fromkeys(found) if word in known)

    def integer(self, key: str, *, required: bool = False) -> int | None:
        """Take a whole number, or None."""
        return self._typed(key, int, "a whole number", required)

    def boolean(self, key: str) -> bool | None:
        """Take true or false, or None."""
        return self._typed(key, bool, "true or false", False)

    def day(self, key: str, *, required: bool = True) -> date | None:
        """Take a date written 2025-05-02."""
        value = self._typed(key, date, "a date such as 2025-05-02", required)
        if isinstance(value, datetime):
            self.wrong(key, f"must be a date such as 2025-05-02, not {value!r}")
            return None
        return value

    def items(self, key: str, *, required: bool = True) -> list[object]:
        """Take a list of anything."""
        return self._typed(key, list, "a list", required) or []

    def fields(self, key: str, *, required: bool = True) -> "Fields | None":
        """Take a mapping, as Fields of its own."""
        value = self.take(key, required=required)
        return (
            None
            if value is None
            else Fields(value, self.file, ".".join(p for p in (self.place, key) if p), self.findings)
        )

    def each(self, key: str, read: Callable[[str, "Fields"], T], *, required: bool = True) -> dict[str, T]:
        """Take a mapping of ids to mappings and read each of them."""
        value = self._typed(key, dict, "a mapping of ids", required)
        return read_each(value or {}, self.file, ".".join(p for p in (self.place, key) if p), self.findings, read)

    def each_text(self, key: str) -> dict[str, Sentence]:
        """Take a mapping of ids to texts for people, or nothing."""
        inner = self.fields(key, required=False)
        return {} if inner is None else {found: inner.text(found) for found in list(inner._left)}

    def done(self) -> None:
        """Report every key that nobody took."""
        for key in self._left:
            self.wrong(key, "is not a key that is known here")


def read_each(
    data: Mapping[str, object], file: str, place: str, findings: Findings, read: Callable[[str, Fields], T]
) -> dict[str, T]:
    """Read each mapping of a mapping of ids; unknown keys in any of them are findings."""
    found: dict[str, T] = {}
    for key, value in data.items():
        inner = Fields(value, file, ".".join(part for part in (place, str(key)) if part), findings)
        found[str(key)] = read(str(key), inner)
        inner.done()
    return found
