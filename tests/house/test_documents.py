"""The documents: what they name is there, what they promise to tell is told, and their tables are tables."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from portal.settings import ROOT

DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
WINGS = [path.name for path in sorted((ROOT / "portal" / "domain").iterdir()) if (path / "__init__.py").exists()]


def tables(text: str) -> list[list[str]]:
    """Return the lines of each table: what stands together and begins with a bar."""
    found: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.startswith("|"):
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [lines for lines in found if lines]


def cells(line: str) -> list[str]:
    """Return the cells of a row; a bar within code, or behind a backslash, divides nothing."""
    plain = re.sub(r"`[^`]*`|\\\|", "x", line.strip())
    return plain.removeprefix("|").removesuffix("|").split("|")


def faults(lines: list[str]) -> list[str]:
    """Return what keeps lines from being a table, as a reader of Markdown shows it."""
    if len(lines) < 3 or not re.fullmatch(r"\|(\s*:?-+:?\s*\|)+", lines[1]):
        return [f"no head: {lines[0]}"]
    return [f"other columns than the head: {line}" for line in lines if len(cells(line)) != len(cells(lines[0]))]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_table_is_one(path: Path) -> None:
    found = tables(path.read_text(encoding="utf-8"))
    assert [fault for lines in found for fault in faults(lines)] == []


def test_a_table_that_an_empty_line_breaks_is_seen() -> None:
    broken = "| a | b |\n|---|---|\n| 1 | 2 |\n\n| 3 | 4 |\n| 5 | 6 |\n"
    assert [faults(lines) for lines in tables(broken)] == [[], ["no head: | 3 | 4 |"]]
    assert faults(["| a | b |", "|---|---|", "| 1 | 2 | 3 |"]) == ["other columns than the head: | 1 | 2 | 3 |"]
    assert faults(["| a | b |", "|---|---|", "| `x|y` | 2 |"]) == []


# --------------------------------------------------------------------------------------------------- decisions


def decisions() -> list[tuple[str, str]]:
    """Return each decision: its heading and its text."""
    text = (ROOT / "docs" / "decisions.md").read_text(encoding="utf-8")
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], (part.strip() for part in parts[1::2]), strict=True))


@pytest.mark.parametrize(("heading", "text"), decisions(), ids=[heading for heading, _ in decisions()])
def test_a_decision_has_a_question_and_an_answer(heading: str, text: str) -> None:
    question = re.match(r"\*[^*]+\?[^*]*\*", text)
    assert question, f"{heading}: begins with no question between asterisks"
    answer = text[question.end() :].strip()
    assert len(answer.split()) >= 10, f"{heading}: the question has no answer"


def test_decisions_are_numbered_in_a_row() -> None:
    assert [int(heading.partition(".")[0]) for heading, _ in decisions()] == [*range(1, len(decisions()) + 1)]


# -------------------------------------------------------------------------------------------------- names of files


LEADING = ("CONTRIBUTING.md", "docs/house.md")
NAME = re.compile(r"`([\w./-]+/[\w./-]*|[\w-]+\.(?:py|md|yaml|toml|css|csv))`")
LINK = re.compile(r"\]\(([^)#:]+)")


@pytest.mark.parametrize("name", LEADING)
def test_every_file_that_a_card_names_is_there(name: str) -> None:
    document = ROOT / name
    text = re.sub(r"^\|.*$", "", document.read_text(encoding="utf-8"), flags=re.MULTILINE)
    named = {found for found in NAME.findall(text) if not found.startswith("/") and "://" not in found}
    linked = set(LINK.findall(text))
    assert len(named) + len(linked) > 20
    assert [found for found in sorted(named) if not (ROOT / ELSEWHERE.get(found, "") / found).exists()] == []
    assert [found for found in sorted(linked) if not (document.parent / found).exists()] == []


ELSEWHERE = {"portal.css": "static", "languages.yaml": "translations"}
"""Named alone where the sentence before says its folder."""


def test_the_table_of_the_house_names_files_of_its_wings() -> None:
    (rows,) = tables((ROOT / "docs" / "house.md").read_text(encoding="utf-8"))
    floors = [cell.strip() for cell in cells(rows[0])[2:]]
    listed = []
    for row in rows[2:]:
        wing, _, *columns = [cell.strip() for cell in row.strip("|").split("|")]
        listed.append(wing)
        for floor, column in zip(floors, columns, strict=True):
            for named in re.findall(r"`([^`]+)`", column):
                home = ROOT / "portal" / floor
                path = home / named if named.endswith("/") else home / wing / named
                assert path.exists(), f"{wing}, {floor}: {named}"
    assert sorted(listed) == WINGS


@pytest.mark.parametrize("name", LEADING)
def test_no_heading_stands_twice(name: str) -> None:
    headings = re.findall(r"^#+ (.+)$", (ROOT / name).read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert sorted(set(headings)) == sorted(headings)


# ------------------------------------------------------------------------------------------------ what is to be typed


def test_the_portal_starts_with_what_operations_says_and_nothing_more(tmp_path: Path) -> None:
    serving = (ROOT / "docs" / "operations.md").read_text("utf-8").partition("## Serving")[2].partition("\n## ")[0]
    (typed,) = re.findall(r"^```sh\n(.*?)^```$", serving, re.MULTILINE | re.DOTALL)
    *prepared, served = typed.strip().splitlines()
    assert served.endswith(" wsgi:app")
    # The server itself would wait for visitors: it is asked to load the portal and stop.
    script = "\n".join(("set -e", *prepared, f"{served.removesuffix('wsgi:app')} --check-config wsgi:app"))
    bin_folder = Path(sys.executable).parent
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment["PORTAL_DATABASE_URL"] = f"sqlite:///{tmp_path / 'portal.sqlite'}"
    script = script.replace(".venv/bin/", f"{bin_folder}/")
    done = subprocess.run(  # noqa: S603 - what stands in our own document
        ["/bin/sh", "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
