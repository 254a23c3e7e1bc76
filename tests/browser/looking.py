"""Pages put into one document that knows axe, one after another: what axe finds there, and what does not fit."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.browser.states import State

_HERE = Path(__file__).parent
_AXE = (_HERE / "vendor" / "axe.min.js").read_text(encoding="utf-8")
_LOOKING = tuple((_HERE / name).read_text(encoding="utf-8") for name in ("looking.js", "asking.js"))

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

EVERYTHING = os.environ.get("AXE") == "everything"
"""Whether every rule looks at every page in every language on both screens; what `make axe` asks for."""

SMALL, LARGE = 320, 1280
"""How wide the screens are."""

STYLES = ("sv", "ar", "ti")
"""A language of each style: what the stylesheet says differs between them, and between no others."""

COLOUR_RULES = ["color-contrast", "link-in-text-block"]
SIZE_RULES = ["target-size"]
SCROLL_RULES = ["scrollable-region-focusable"]
"""Rules that measure: the stylesheet and the screen change what they find, and a language only by its style."""

WORD_RULES = [
    "accesskeys",
    "aria-braille-equivalent",
    "frame-title-unique",
    "html-has-lang",
    "html-lang-valid",
    "html-xml-lang-mismatch",
    "image-redundant-alt",
    "label-content-name-mismatch",
    "label-title-only",
    "landmark-unique",
    "meta-refresh",
    "meta-viewport",
    "meta-viewport-large",
    "table-duplicate-name",
    "valid-lang",
]
"""Rules that read what words say, or in which language."""

STRUCTURE_RULES = [
    "area-alt",
    "aria-allowed-attr",
    "aria-allowed-role",
    "aria-command-name",
    "aria-conditional-attr",
    "aria-deprecated-role",
    "aria-dialog-name",
    "aria-hidden-body",
    "aria-hidden-focus",
    "aria-input-field-name",
    "aria-meter-name",
    "aria-progressbar-name",
    "aria-prohibited-attr",
    "aria-required-attr",
    "aria-required-children",
    "aria-required-parent",
    "aria-roles",
    "aria-tab-name",
    "aria-text",
    "aria-toggle-field-name",
    "aria-tooltip-name",
    "aria-treeitem-name",
    "aria-valid-attr",
    "aria-valid-attr-value",
    "autocomplete-valid",
    "avoid-inline-spacing",
    "blink",
    "button-name",
    "bypass",
    "definition-list",
    "dlitem",
    "document-title",
    "duplicate-id-aria",
    "empty-heading",
    "empty-table-header",
    "form-field-multiple-labels",
    "frame-focusable-content",
    "frame-tested",
    "frame-title",
    "heading-order",
    "image-alt",
    "input-button-name",
    "input-image-alt",
    "label",
    "landmark-banner-is-top-level",
    "landmark-contentinfo-is-top-level",
    "landmark-main-is-top-level",
    "landmark-no-duplicate-banner",
    "landmark-no-duplicate-contentinfo",
    "landmark-no-duplicate-main",
    "landmark-one-main",
    "link-name",
    "list",
    "listitem",
    "marquee",
    "nested-interactive",
    "no-autoplay-audio",
    "object-alt",
    "page-has-heading-one",
    "presentation-role-conflict",
    "region",
    "role-img-alt",
    "scope-attr-valid",
    "select-name",
    "server-side-image-map",
    "skip-link",
    "summary-name",
    "svg-img-alt",
    "tabindex",
    "td-headers-attr",
    "th-has-data-cells",
    "video-caption",
]
"""Rules that read elements, attributes, what is shown and where there are words: no word changes what they say."""


def screen(page: Page, width: int) -> None:
    """Turn the page into one on a screen of that width."""
    page.set_viewport_size({"width": width, "height": 800})


@dataclass
class Desk:
    """A document that other pages are put into, one after another, without their scripts, to be looked at."""

    page: Page
    names: list[str] = field(default_factory=list)

    @classmethod
    def laid(cls, page: Page, address: str) -> "Desk":
        """Return the document at that address, which knows axe from then on; nothing of it is painted."""
        page.goto(address)
        page.context.new_page().bring_to_front()
        for script in (_AXE, *_LOOKING):
            page.evaluate(script)
        return cls(page)

    def bring(self, start: str, states: Iterable[State], *extra: tuple[str, str], lang: str = "") -> None:
        """Fetch the pages of those states, whose paths come after `start`; `extra` are fields for each form.

        Each is held to the status of its state and, where one is given, to a language.
        """
        wanted = list(states)
        fields = [None if state.fields is None else [*extra, *state.fields] for state in wanted]
        asked = [[f"{start}{state.path}", given] for state, given in zip(wanted, fields, strict=True)]
        come = self.page.evaluate("asked => looking.bring(asked)", asked)
        self.names = [state.name for state in wanted]
        found = {name: status for name, (status, _) in zip(self.names, come, strict=True)}
        differing = [
            (state.name, found[state.name], state.status) for state in wanted if found[state.name] != state.status
        ]
        assert not differing, f"states that came with another status (name, found, wanted): {differing}"
        assert not lang or {its for _, its in come} == {lang}

    def take(self, pages: dict[str, str]) -> None:
        """Take pages by their names, as text."""
        self.page.evaluate("texts => looking.take(texts)", list(pages.values()))
        self.names = list(pages)

    def each(self, look: str) -> dict[str, Any]:
        """Return what a function of JavaScript finds on each page, by the page's name."""
        return dict(zip(self.names, self.page.evaluate(f"() => looking.each({look})"), strict=True))

    def complaints(self, language: str, *widths: int) -> list[str]:
        """Return what axe finds on each page, and which text does not fit, on screens of those widths."""
        how = {
            "tags": RULES,
            "structural": STRUCTURE_RULES,
            "worded": WORD_RULES,
            "coloured": COLOUR_RULES,
            "sized": SIZE_RULES,
            "scrolled": SCROLL_RULES,
        }
        found = []
        for width in widths:
            screen(self.page, width)
            given = {**how, "where": f"{language} {width}" if language in STYLES else ""}
            said = self.page.evaluate(f"how => looking.{'auditAll' if EVERYTHING else 'audit'}(how)", given)
            found += [
                f"{name} in {language}, {width} px: {one}"
                for name, complaints in zip(self.names, said, strict=True)
                for one in complaints
            ]
        return found
