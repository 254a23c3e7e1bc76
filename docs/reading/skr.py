"""Read the rows of SKR's national list from the text of its PDF: one line for each, tab-separated.

    python docs/reading/skr.py TEXT

prints area, section, for whom, name of the insats and the line of the text where the name begins. data/skr.yaml is
written by hand from this list; the reader shows that no row of the source is missing and none is invented.

How the text is read:

* The tables have three cells: name, explanation, source. The text has an empty line between cells. A name that fits
  on one line stands on the same line as the beginning of its explanation ("Bojen Bojen är ett grupprogram").
* An empty cell leaves one space: a line of one space is a missing source, of two a missing explanation and source,
  a single line that ends in three spaces a name alone, and a space before a source (or two inside the line)
  a missing explanation.
* A row ends with its source. The sources are few and known by their first words (PUBLISHERS).
* A page begins with a line that starts with a space and follows directly on the last line of the page before.
  Page numbers and the title of the document stand between some pages, and are left out.
* On each new page the heading of the table is repeated. In two tables the first row is repeated with it
  ("Digitala bibliotek", "Information om anhörigstöd / anhörigperspektiv"): it is counted once, where it stands first.
* A section may have headings for whom its tables are. Where it has none, "for whom" is empty.
* The text has no table of contents and no broken ligatures. In names a hyphen at the end of a line is part of the
  name ("Utväg-manualen"), and a space on one side only of a slash is left out ("Växelvård/ korttidsboende").
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TABLE = "Insats Förklaring Källa"
TITLE = "Kartläggning av insatser i socialtjänst"
AREA = re.compile(r"\d (Verksamhetsområde .+)")
SECTION = re.compile(r"\d\.\d (.+)")
PUBLISHERS = re.compile(
    r"(Socialstyrelsen|SBU|SKR|SOU|FoU|Länsstyrelsen|Riksförbundet|Inspektionen för|Nationellt centrum|Vardochinsats"
    r"|Kalmar\.se|\w+ (stad|kommun))\b"
)


@dataclass(frozen=True)
class Row:
    """One insats of the list, where it stands in it and in the text; `group` is "" where SKR does not say for whom."""

    area: str
    section: str
    group: str
    name: str
    explanation: str
    line: int
    source: str = ""


@dataclass(frozen=True)
class Block:
    """Lines that stand together, the number of the first, and whether a new page begins with them."""

    lines: tuple[str, ...]
    number: int
    starts_page: bool

    @property
    def text(self) -> str:
        """The lines as one."""
        return joined(self.lines)


def joined(lines: tuple[str, ...]) -> str:
    """Return the lines as one; a word that ends a line with a hyphen has the next word close to it."""
    return re.sub(r"(?<=[^ ]-)\n", "", "\n".join(line.strip() for line in lines)).replace("\n", " ")


def blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of the text: they end at an empty line and at the end of a page."""
    held: list[str] = []
    number, starts_page = 1, True
    for at, line in enumerate([*text.splitlines(), ""], start=1):
        new_page = bool(held) and re.match(r" \S", line) is not None
        if held and (not line or new_page):
            yield Block(tuple(held), number, starts_page)
            held = []
        if line:
            if not held:
                number, starts_page = at, new_page
            held.append(line)


class _Reader:
    """Where in the document the reader is, and the cells of the row it is in."""

    def __init__(self) -> None:
        self.area = self.section = self.group = ""
        self.cells: list[Block] = []
        self.rows: list[Row] = []

    def take(self, block: Block, *, before_table: bool) -> None:
        """Read one block; `before_table` says that a table begins after it on the same page."""
        if block.text == TITLE or block.text.isdigit():
            return
        if self._takes_heading(block, before_table=before_table) or not self.section:
            return
        if not block.text:
            self.end_row(explained=block.lines == (" ",))
        elif self.cells and PUBLISHERS.match(block.text):
            self.end_row(explained=not block.lines[0].startswith(" "), source=block.text)
        else:
            self._takes_cell(block)

    def end_row(self, *, explained: bool = False, source: str = "") -> None:
        """Keep the row whose cells have been read, if there is one; the heading of a table repeats its first row."""
        if not self.cells:
            return
        name, *rest = self.cells
        explanation = " ".join(cell.text for cell in rest)
        if rest and not explained:
            raise ValueError(f"line {name.number}: a row without an end")
        if explained and (not rest or rest[0].text.startswith("•")):
            title, beginning = split(name.lines[0])
            explanation = " ".join([beginning, joined(name.lines[1:]), explanation])
        else:
            title = name.text
        self.cells = []
        row = Row(self.area, self.section, self.group, tidy(title), explanation, name.number, source)
        table = [kept for kept in self.rows if kept.area == row.area and kept.section == row.section]
        first = next((kept.name for kept in table if kept.group == row.group), None)
        if row.name != first:
            self.rows.append(row)

    def _takes_heading(self, block: Block, *, before_table: bool) -> bool:
        area, section = AREA.fullmatch(block.text), SECTION.fullmatch(block.text)
        heading = bool(area or section or before_table or block.text == TABLE)
        if heading:
            self.end_row()
        if area:
            self.area, self.section, self.group = area[1], "", ""
        elif section:
            self.section, self.group = section[1], ""
        elif before_table:
            self.group = block.text
        return heading

    def _takes_cell(self, block: Block) -> None:
        first = block.lines[0]
        source = PUBLISHERS.search(first) if not self.cells else None
        if source:
            line = first[: source.start()]
            self.cells = [Block((line,), block.number, block.starts_page)]
            self.end_row(explained=not line.endswith("  "), source=block.text[len(line.lstrip()) :].strip())
            return
        self.cells.append(block)
        if len(block.lines) == 1 and first.endswith("   "):
            self.end_row()


def split(line: str) -> tuple[str, str]:
    """Split a line into the name and the beginning of its explanation.

    The explanation begins where it speaks of the purpose, or where the first word of the name comes again, or else
    with the last word that has a capital letter.
    """
    words = line.split()
    later = range(1, len(words))
    begins = [at for at in later if words[at] in {"Syftet", "Målet"}]
    begins += [at for at in later if words[at] == words[0]]
    begins += [at for at in reversed(later) if words[at][0].isupper()]
    if not begins:
        raise ValueError(f"no explanation in: {line}")
    return " ".join(words[: begins[0]]), " ".join(words[begins[0] :])


def tidy(name: str) -> str:
    """Return the name with single spaces, and with none or two around a slash."""
    return re.sub(r"(?<=\S)/ (?=\S)|(?<=\S) /(?=\S)", "/", " ".join(name.split()))


def read(text: str) -> list[Row]:
    """Return the rows of the list in the order of the source; ValueError where a row does not look as described."""
    reader = _Reader()
    found = list(blocks(text))
    for block, following in zip(found, [*found[1:], None], strict=True):
        table_follows = following is not None and following.text == TABLE and not following.starts_page
        reader.take(block, before_table=table_follows)
    reader.end_row()
    return reader.rows


if __name__ == "__main__":
    for row in read(Path(sys.argv[1]).read_text(encoding="utf-8")):
        print(row.area, row.section, row.group, row.name, row.line, sep="\t")
