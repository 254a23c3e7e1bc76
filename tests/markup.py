"""Markup held to the letter: a page without a single error of parsing, as a tree.

html5lib finds every error but takes five milliseconds for a page, and the tests look at some ten thousand. turbohtml
takes a tenth, and knows the errors of single tags. Where its tree is what the tags themselves say, one in another as
they are written, no rule of HTML had to mend anything. Everything else is html5lib's to judge.
"""

from functools import lru_cache
from xml.etree.ElementTree import Comment, Element

import html5lib
import turbohtml
from turbohtml import Token, TokenType
from turbohtml.treebuild import parse_into

HTML = "http://www.w3.org/1999/xhtml"
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
OF_TABLES = frozenset(["table", "tbody", "thead", "tfoot", "tr", "colgroup"])

Written = list[tuple[int, str]]
"""What stands in a page, in order: each element and each text that is no white space, with how deep it stands."""


@lru_cache(maxsize=64)
def parsed(text: str) -> Element:
    """Return the tree of a page, which nobody changes; raise html5lib's ParseError where it has to be mended."""
    return as_written(text) or parsed_strictly(text)


def parsed_strictly(text: str) -> Element:
    """Return the same as html5lib finds it."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree: Element = parser.parse(text)
    return tree


def as_written(text: str) -> Element | None:
    """Return the tree of a page whose tags say all that there is to it, or None."""
    try:
        turbohtml.parse(text, strict=True, positions=False)
    except turbohtml.HTMLParseError:
        return None
    said = _said_by_tags(text)
    if said is None:
        return None
    builder = _Builder()
    parse_into(text, builder)
    return builder.root if builder.written == said else None


def _said_by_tags(text: str) -> Written | None:
    """Return what the tags of a page say, or None where one is not closed, or needs a rule of its own."""
    tokens = iter(turbohtml.tokenize(text, capture_attributes=False))
    if next(tokens, None) is None or not text.lower().startswith("<!doctype html>"):
        return None
    said: Written = []
    open_: list[str] = []
    for token in tokens:
        if token.type is TokenType.TEXT:
            # The first line break of what keeps its line breaks does not count.
            begins = bool(said) and said[-1] in ((len(open_) - 1, "<textarea"), (len(open_) - 1, "<pre"))
            _add_text(said, len(open_), (token.data or "").removeprefix("\n" if begins else ""))
        elif token.type is TokenType.START_TAG:
            if _has_own_rule(token.tag, open_):
                return None
            said.append((len(open_), f"<{token.tag}"))
            if not _is_empty(token):
                open_.append(token.tag)
        elif token.type is TokenType.END_TAG and (not open_ or open_.pop() != token.tag):
            return None
    return None if open_ else said


def _has_own_rule(tag: str, open_: list[str]) -> bool:
    """Return whether a tag can be an error although the tree is as it is written."""
    is_in_table = bool(open_) and open_[-1] in OF_TABLES and tag in ("input", "form")
    is_in_menu = "select" in open_ and tag not in ("option", "optgroup")
    return is_in_table or is_in_menu or tag in ("template", "noscript")


def _is_empty(token: Token) -> bool:
    return token.tag in VOID or token.self_closing  # which is an error anywhere but in pictures


def _add_text(written: Written, depth: int, text: str) -> None:
    """Add a text, to the one before it where that stands beside it."""
    if written and written[-1][0] == depth and not written[-1][1].startswith("<"):
        text = written.pop()[1] + text
    if text.strip():
        written.append((depth, text))


class _Builder:
    """Makes the elements that html5lib would make, and notes what is written."""

    def __init__(self) -> None:
        self.root = Element("")
        self.written: Written = []
        self._depths: dict[Element, int] = {}

    def create_document(self) -> Element:
        """Return what stands for the document."""
        top = Element("")
        self._depths[top] = -1
        return top

    def create_doctype(self, *_: str | None) -> str:
        """Return what leaves no trace: the text is held to begin with it."""
        return ""

    def create_element(self, name: str, namespace: str, attributes: tuple[tuple[str, str | None], ...]) -> Element:
        """Return an element under the name that html5lib gives it."""
        tag = name if namespace == HTML else f"{{{namespace}}}{name}"
        return Element(tag, {key: value or "" for key, value in attributes})

    def create_text(self, data: str) -> str:
        """Return a text."""
        return data

    def create_comment(self, data: str) -> Element:
        """Return a comment."""
        return Comment(data)

    def create_pi(self, target: str, data: str) -> Element:
        """Return what HTML takes for a comment."""
        return Comment(f"?{target} {data}")

    def append(self, parent: Element, child: Element | str) -> None:
        """Put an element or a text where it belongs."""
        depth = self._depths[parent] + 1
        if isinstance(child, str):
            _add_text(self.written, depth, child)
            if len(parent):
                parent[-1].tail = (parent[-1].tail or "") + child
            elif depth:
                parent.text = (parent.text or "") + child
            return
        if isinstance(child.tag, str):
            self.written.append((depth, f"<{child.tag.rpartition('}')[2].lower()}"))
        if depth:
            parent.append(child)
        elif isinstance(child.tag, str):
            self.root = child
        self._depths[child] = depth
