"""A file that a translator's program has rewritten comes back as it was, with reviews and translations kept.

Poedit and Weblate break lines, write heads of their own, keep old texts and put away what is gone.
"""

import difflib
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polib
import pytest

from portal.domain.catalogue.whole import Catalogue
from portal.domain.knowledge import Knowledge
from portal.domain.languages.reviews import REVIEWED
from portal.store.languages.extraction import PORTAL, extract
from portal.store.languages.menu import TRANSLATIONS, Language, load_languages
from portal.store.languages.po import read, write
from portal.store.languages.translations import merged, note_review, po_path, state_of

LANGUAGES = load_languages()


def rewritten(path: Path, width: int, head: dict[str, str]) -> None:
    """Write a file anew as another program does, with lines of that width."""
    found = polib.pofile(str(path), wrapwidth=width)
    found.metadata |= head
    found.save(newline="\n")


def by_poedit(path: Path) -> None:
    """Open and save a file in Poedit, on a computer that is set to another way of ending lines."""
    head = {
        "Project-Id-Version": "Insatsportalen",
        "PO-Revision-Date": "2026-11-25 14:03+0100",
        "Last-Translator": "En översättare <oversattare@example.org>",
        "Language-Team": "Språkstödet",
        "X-Generator": "Poedit 3.5",
        "X-Poedit-Basepath": "..",
        "X-Poedit-SourceCharset": "UTF-8",
    }
    rewritten(path, 79, head)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def by_weblate(path: Path) -> None:
    """Let Weblate commit a file: a sorted head, lines of 77, and what it has put away at the end."""
    head = {
        "Report-Msgid-Bugs-To": "sprak@example.se",
        "PO-Revision-Date": "2026-11-25 13:03+0000",
        "Last-Translator": "Anonymous <noreply@example.org>",
        "Language-Team": "Kommunen <https://weblate.example.org/projects/insatsportalen/>",
        "X-Generator": "Weblate 5.14",
    }
    rewritten(path, 77, head)
    text = path.read_text(encoding="utf-8").replace("charset=utf-8", "charset=UTF-8")
    gone = '\n#, fuzzy\n#~| msgid "Ännu äldre"\n#~ msgid "Det som är borta"\n#~ msgstr "x"\n'
    path.write_text(text + gone, encoding="utf-8")


def by_itself(path: Path) -> None:
    """Leave a file alone."""


PROGRAMS = {"nobody": by_itself, "Poedit": by_poedit, "Weblate": by_weblate}
FILES = [("ar", PORTAL), ("uk", PORTAL), ("sv-simple", "mellerud"), ("fa-AF", "mellerud")]


@pytest.fixture(scope="module", params=FILES, ids=["-".join(names) for names in FILES])
def prepared(request: pytest.FixtureRequest, knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of a file of the repository with reviews, stale texts and one that is not translated."""
    tag, domain = request.param
    folder = tmp_path_factory.mktemp("translations")
    path = po_path(folder, LANGUAGES[tag], domain)
    path.parent.mkdir(parents=True)
    shutil.copy(po_path(TRANSLATIONS, LANGUAGES[tag], domain), path)
    note_review(path, LANGUAGES[tag], "Språkstödet i kommunen", date(2026, 11, 25))
    found = read(path, LANGUAGES[tag].babel)
    messages = [message for message in found if message.id]
    messages[3].string = ""
    for message in (messages[5], *[one for one in messages if one.pluralizable][:1]):
        message.flags.add("fuzzy")
        before = "Det som stod här förut, som var en mycket längre text än den som står här nu. " * 2
        message.previous_id = [before] if isinstance(message.id, str) else [before, f"{{n}} {before}"]
        message.user_comments = ["Fråga nämnden om det här ordet."]
    write(found, path)
    update(knowledge, path)
    return path


def language_of(path: Path) -> Language:
    """Return the language of a file."""
    return LANGUAGES[path.parts[-3]]


def update(knowledge: Catalogue, path: Path) -> None:
    """Bring one file up to the Swedish texts, as `portal translations update` does with each."""
    write(merged(extract(knowledge, path.stem), path, language_of(path)), path)


def counted(path: Path, state: str) -> int:
    """Return how many texts of a file are in a state."""
    language = language_of(path)
    return sum(state_of(message, language) == state for message in read(path, language.babel) if message.id)


@pytest.fixture
def copy(prepared: Path, tmp_path: Path) -> Path:
    """Return a copy that one test may rewrite."""
    path = tmp_path / Path(*prepared.parts[-3:])
    path.parent.mkdir(parents=True)
    shutil.copy(prepared, path)
    return path


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_a_file_that_a_program_has_rewritten_comes_back_as_it_was(
    prepared: Path, copy: Path, knowledge: Knowledge, program: Callable[[Path], None]
) -> None:
    program(copy)
    update(knowledge, copy)
    assert copy.read_bytes() == prepared.read_bytes()
    assert counted(copy, REVIEWED) > 200


@pytest.mark.parametrize("program", [by_poedit, by_weblate])
def test_a_rewritten_file_says_the_same_before_it_is_updated(
    prepared: Path, copy: Path, program: Callable[[Path], None]
) -> None:
    program(copy)
    assert copy.read_bytes() != prepared.read_bytes()
    language = language_of(copy)
    for before, after in zip(read(prepared, language.babel), read(copy, language.babel), strict=True):
        if before.id:
            assert (before.id, before.string, before.flags) == (after.id, after.string, after.flags)
            assert before.user_comments == after.user_comments
            assert list(before.previous_id) == list(after.previous_id)
            assert state_of(before, language) == state_of(after, language)


@pytest.mark.parametrize("program", [by_poedit, by_weblate])
def test_what_a_translator_mends_is_the_only_difference(
    prepared: Path, copy: Path, knowledge: Knowledge, program: Callable[[Path], None]
) -> None:
    found = polib.pofile(str(copy))
    (entry, *_) = [one for one in found if one.fuzzy and not one.msgid_plural]
    entry.msgstr = entry.msgstr.strip() + " (uusi)"
    entry.flags.remove("fuzzy")
    entry.previous_msgid = None
    found.save(newline="\n")
    program(copy)
    update(knowledge, copy)
    before, after = (path.read_text(encoding="utf-8").splitlines() for path in (prepared, copy))
    changed = [line for line in difflib.ndiff(before, after) if line[0] in "+-"]
    assert [line[:10] for line in changed if line[0] == "+"] == ['+ msgstr "']
    assert [line[2:5] for line in changed if line[0] == "-"] == ["#, ", "#| ", "msg"]
    assert counted(copy, REVIEWED) == counted(prepared, REVIEWED)
