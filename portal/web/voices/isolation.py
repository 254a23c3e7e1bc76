"""Numbers and Latin names inside right-to-left text, kept in their own order (languages.md section 3)."""

import re

from markupsafe import Markup, escape

from portal.domain.typed import number_parts

FSI, PDI = "\u2068", "\u2069"

_LETTER = "A-Za-z\u00c0-\u024f"
# A run of Latin letters or digits with what may stand inside it: a phone number, a range, an e-mail, a name.
# A gap such as {name} is left alone: what fills it is isolated when it is filled.
_RUN = re.compile(
    rf"\{{\w+\}}|[+§]?[0-9{_LETTER}](?:[0-9{_LETTER}.,:;/@&+\-–—’'_§() \u00a0\u2011]*[0-9{_LETTER}])?(?: ?§§?|[%+])?"
)
_HAS_LETTER = re.compile(rf"[{_LETTER}]")
_LONE_NUMBER = re.compile(r"\d{1,3}")


def _pieces(text: str) -> list[tuple[str, bool]]:
    """Split text into (piece, is a left-to-right run)."""
    found: list[tuple[str, bool]] = []
    end = 0
    for match in _RUN.finditer(text):
        start, stop = match.span()
        run = text[start:stop]
        if run.count("(") > run.count(")") and text[stop : stop + 1] == ")":
            stop += 1
        found.append((text[end:start], False))
        found.append((text[start:stop], not run.startswith("{")))
        end = stop
    found.append((text[end:], False))
    return [piece for piece in found if piece[0]]


def isolated_html(text: str) -> Markup:
    """Return text escaped, each left-to-right run in its own <bdi>; Latin words are marked as Swedish."""
    if isinstance(text, Markup):
        return text
    return Markup("").join(_element(piece) if is_run else escape(piece) for piece, is_run in _pieces(text))


def _element(run: str) -> Markup:
    if _LONE_NUMBER.fullmatch(run):
        return escape(run)  # one short number is shown right by itself
    if _HAS_LETTER.search(run):
        return Markup('<bdi dir="ltr" lang="sv">{}</bdi>').format(run)
    return Markup('<bdi dir="ltr">{}</bdi>').format(run)


_LATIN_RUN = re.compile(rf"[{_LETTER}](?:[0-9{_LETTER}.:/@+\-’' ]*[0-9{_LETTER}])?")
_IN_PARENTHESES = re.compile(r"\(([^()]+)\)")
_WORD = re.compile(rf"[{_LETTER}]+")


def marked_runs(text: str) -> Markup:
    """Return text in another script escaped, each run of Latin letters marked as Swedish; gaps are left alone."""
    pieces: list[Markup] = []
    end = 0
    for match in re.finditer(rf"\{{\w+\}}|{_LATIN_RUN.pattern}", text):
        pieces.append(escape(text[end : match.start()]))
        run = match.group()
        pieces.append(escape(run) if run.startswith("{") else Markup('<span lang="sv">{}</span>').format(run))
        end = match.end()
    return Markup("").join([*pieces, escape(text[end:])])


def marked_words(text: str, swedish: str) -> Markup:
    """Return text in Latin letters escaped; words in parentheses that the Swedish text has too are marked so."""
    if "(" not in text:
        return escape(text)
    pieces: list[Markup] = []
    end, said = 0, swedish.casefold()
    for match in _IN_PARENTHESES.finditer(text):
        inner = match[1]
        words = _WORD.findall(inner)
        if words and all(word.casefold() in said for word in words):
            pieces.append(escape(text[end : match.start(1)]))
            pieces.append(Markup('<span lang="sv">{}</span>').format(inner))
            end = match.end(1)
    return Markup("").join([*pieces, escape(text[end:])])


def typed_html(text: str) -> Markup:
    """Return what somebody typed, escaped, each number of many digits in the order of its digits on every line."""
    parts = number_parts(text)
    return Markup("").join(
        Markup('<bdi dir="ltr">{}</bdi>').format(part) if is_number else part for part, is_number in parts
    )


def isolated_plain(text: str) -> str:
    """Return text for titles, attributes and mail: the same runs between isolating control characters."""
    return "".join(
        f"{FSI}{piece}{PDI}" if is_run and not _LONE_NUMBER.fullmatch(piece) else piece
        for piece, is_run in _pieces(text)
    )
