"""The files of a kommun from what its editors' Plone answers (plone.restapi, the types of the add-on in plone/).

What an editor writes in a field of its own becomes a key; `rest` is the rest of the file, as it stands in Plone.
Nothing is judged here but the shape: the files are then read as strictly as any other catalogue.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from portal.store.catalogue.insatser import ID
from portal.store.reading import parse_yaml

LINES = ("search", "happens", "guidance")
"""Fields of an insats that are lists."""

INSATS = {
    "title": "name",
    "route": "route",
    "access": "access",
    "weight": "weight",
    "description": "summary",
    "audience": "audience",
    "contact": "contact",
}
CONTACT = {"title": "unit", "phone": "phone", "email": "email", "visit": "visit"}
"""Which key of the file a field becomes; what an editor left empty is no key."""


class UnreadableAnswer(Exception):
    """An answer that gives no catalogue; says in a sentence why."""


@dataclass(frozen=True, slots=True)
class Written:
    """What the editors have published: the text of each insats' file, and the keys of each contact."""

    insatser: Mapping[str, str]
    contacts: Mapping[str, Mapping[str, object]]


def written_of(insatser: Iterable[object], contacts: Iterable[object]) -> Written:
    """Return the files that two lists of objects of plone.restapi give; raise UnreadableAnswer."""
    files = {key: _insats_file(key, item) for key, item in _by_id(insatser, "insats").items()}
    keys = {key: _contact_keys(key, item) for key, item in _by_id(contacts, "contact").items()}
    for kind, found in (("insats", files), ("contact", keys)):
        if not found:
            raise UnreadableAnswer(f"Plone has no published {kind}")
    return Written(files, keys)


def kommun_file(before: str, contacts: Mapping[str, Mapping[str, object]]) -> str:
    """Return kommun.yaml as it was, with the contacts that the editors have published."""
    said = parse_yaml(before)
    if not isinstance(said, dict):
        raise UnreadableAnswer("kommun.yaml, which the contacts are written into, is no mapping")
    return _dumped(said | {"contacts": {key: dict(keys) for key, keys in sorted(contacts.items())}})


def objects_of(folder: Path) -> Iterator[dict[str, object]]:
    """Yield each contact, then each insats, of a kommun's folder, as plone.restapi takes it: the way back."""
    contacts = _mapping(folder / "kommun.yaml").get("contacts")
    for key, said in sorted(contacts.items() if isinstance(contacts, dict) else ()):
        yield _object("contact", key, said, CONTACT)
    for path in sorted((folder / "insatser").glob("*.yaml")):
        yield _object("insats", path.stem, _mapping(path), INSATS | {name: name for name in LINES})


def _mapping(path: Path) -> dict[str, object]:
    said = parse_yaml(path.read_text(encoding="utf-8"))
    return said if isinstance(said, dict) else {}


def _object(kind: str, key: str, said: Mapping[str, object], fields: Mapping[str, str]) -> dict[str, object]:
    found: dict[str, object] = {"@type": kind, "id": key}
    found |= {field: said[name] for field, name in fields.items() if name in said}
    rest = {name: value for name, value in said.items() if name not in fields.values()}
    return found | {"rest": _dumped(rest) if rest else ""}


def _by_id(items: Iterable[object], kind: str) -> dict[str, Mapping[str, object]]:
    found: dict[str, Mapping[str, object]] = {}
    for item in items:
        if not isinstance(item, Mapping):
            raise UnreadableAnswer(f"an {kind} in Plone's answer is no object")
        key = item.get("id")
        if not isinstance(key, str) or not ID.fullmatch(key):
            raise UnreadableAnswer(f"the short name {key!r} of an {kind} is no id such as abc-3-12")
        if item.get("@type") != kind or item.get("review_state") != "published":
            raise UnreadableAnswer(f"{key}: Plone was asked for each published {kind}, and this is none")
        if key in found:
            raise UnreadableAnswer(f"{key}: two of Plone's pages have this short name")
        found[key] = item
    return found


def _insats_file(key: str, item: Mapping[str, object]) -> str:
    keys: dict[str, object] = {name: _text(key, item, field) for field, name in INSATS.items()}
    keys |= {name: _lines(key, item, name) for name in LINES}
    # A key that stands in both is refused by the strict reader: it may stand once.
    return f"{_dumped(_filled(keys))}{_text(key, item, 'rest')}\n"


def _contact_keys(key: str, item: Mapping[str, object]) -> dict[str, object]:
    keys = _filled({name: _text(key, item, field) for field, name in CONTACT.items()})
    try:
        rest = parse_yaml(_text(key, item, "rest"))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise UnreadableAnswer(f"{key}: the rest cannot be read: {' '.join(str(error).split())}") from None
    if rest is None:
        return keys
    if not isinstance(rest, dict) or keys.keys() & rest.keys():
        raise UnreadableAnswer(f"{key}: the rest must be keys and values, none of which has a field of its own")
    return keys | {str(name): value for name, value in rest.items()}


def _text(key: str, item: Mapping[str, object], field: str) -> str:
    """Return the text of a field; a choice comes as its title and its token."""
    value = item.get(field)
    if isinstance(value, Mapping):
        value = value.get("token")
    if value is None:
        return ""
    if not isinstance(value, str):
        raise UnreadableAnswer(f"{key}: {field} is no text")
    return value.strip().replace("\r\n", "\n")


def _lines(key: str, item: Mapping[str, object], field: str) -> list[str]:
    value = item.get(field)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(line, str) for line in value):
        raise UnreadableAnswer(f"{key}: {field} is no list of texts")
    return [line.strip() for line in value if line.strip()]


def _filled(keys: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in keys.items() if value}


def _dumped(keys: Mapping[str, object]) -> str:
    return yaml.safe_dump(dict(keys), allow_unicode=True, sort_keys=False, width=120)
