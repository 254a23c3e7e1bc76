"""What a kommun's look becomes on its pages: a stylesheet and a logo, at addresses that change with what is in them."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from markupsafe import Markup

from portal.domain.catalogue.look import Look


@dataclass(frozen=True)
class Addresses:
    """Where the stylesheet and the logo of a kommun are; None where it has none of its own."""

    style: Markup | None
    logo: Markup | None


@dataclass(frozen=True)
class Dress:
    """The look of one kommun, ready to be sent."""

    kommun_id: str
    look: Look

    @cached_property
    def style(self) -> str:
        """Return the stylesheet: the colours that portal.css has as its own, and a band of it at the top."""
        if self.look.colour is None:
            return ""
        colours = f"--main: {self.look.colour}; --main-dark: {self.look.dark}; --tint: {self.look.tint};"
        band = "body { border-block-start: .4rem solid var(--main); } .bar { min-block-size: 2.6rem; }"
        return f":root {{ {colours} }}\n{band}\n"

    def addresses(self, root: str) -> Addresses:
        """Return the addresses of both, below the prefix that the portal is served under."""
        return Addresses(self._address(root, "css", self.style), self._address(root, "svg", self.look.logo))

    def _address(self, root: str, ending: str, content: str | None) -> Markup | None:
        if not content:
            return None
        version = sha256(content.encode()).hexdigest()[:12]
        return Markup("{}/static/kommuner/{}.{}?v={}").format(root, self.kommun_id, ending, version)
