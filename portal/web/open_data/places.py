"""Where things are as open data: absolute addresses, and ids that are the same at every start and on every host."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

NAMES = "https://insatsportalen/"
"""What every id is derived in: a name and no address, so that ids stay when a portal moves."""


@dataclass(frozen=True)
class Place:
    """A portal as its open data names it; `root` is its own address and ends in a slash."""

    root: str

    def page(self, kommun: str, rest: str = "") -> str:
        """Return the address of a kommun's page in Swedish."""
        return f"{self.root}sv/{kommun}/{quote(rest)}"

    def insats(self, kommun: str, insats: str) -> str:
        """Return the address of the page of an insats."""
        return self.page(kommun, f"insatser/{insats}")


@lru_cache(8192)
def id_of(*names: str) -> str:
    """Return the id of what those names lead to: kommun, insats, and what it is of that."""
    return str(uuid5(NAMESPACE_URL, NAMES + "/".join(names)))
