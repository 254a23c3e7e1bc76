"""What the rules say to a person: a Swedish sentence with named gaps, translated only where it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Union

Value = Union[str, int, "Sentence", tuple["Sentence", ...]]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A Swedish text, the key of its translations, with the values of its gaps; `count` chooses between two forms."""

    text: str
    values: tuple[tuple[str, Value], ...] = ()
    plural: str | None = None
    count: int | None = None
    _hash: int = field(init=False, repr=False, compare=False, default=0)

    def __post_init__(self) -> None:
        # Sentences are keys of every page's cache; hashing nested values each time would cost more than showing them.
        object.__setattr__(self, "_hash", hash((self.text, self.values, self.plural, self.count)))

    def __hash__(self) -> int:
        return self._hash


def sentence(text: str, **values: Value) -> Sentence:
    """Return a sentence whose gaps `{name}` are filled with `values`."""
    return Sentence(text, tuple(sorted(values.items())))


def counted(singular: str, plural: str, count: int, **values: Value) -> Sentence:
    """Return a sentence whose form follows `count`, which also fills the gap `{n}`."""
    return Sentence(singular, tuple(sorted({**values, "n": count}.items())), plural, count)


def fixed(text: str) -> str:
    """Mark a text as one to translate, where the sentence is made of it later."""
    return text


def forms(singular: str, plural: str) -> tuple[str, str]:
    """Mark the two forms of a text as ones to translate, where the sentence is made of them later."""
    return singular, plural


def in_swedish(said: Sentence) -> str:
    """Return the Swedish text with its gaps filled, for commands and tests."""
    text = said.plural if said.plural is not None and said.count != 1 else said.text
    return text.format_map(_swedish(dict(said.values)))


def _swedish(values: Mapping[str, Value]) -> dict[str, str]:
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Value) -> str:
    if isinstance(value, Sentence):
        return in_swedish(value)
    if isinstance(value, tuple):
        return ", ".join(in_swedish(part) for part in value)
    return str(value)
