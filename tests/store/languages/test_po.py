"""gettext's files: nothing that an editor writes is lost, and what we write is one line for one text."""

import re
from pathlib import Path

import polib
import pytest
from babel.messages.catalog import Catalog

from portal.store.languages.po import BrokenTranslations, read, write
from tests.store.languages.translating import message_of

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: fi\\n"\n\n'
LONG = "Du har alltid rätt att ansöka om stöd hos kommunen. Då tittar kommunen på just din situation. " * 3


def po(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    """Write a file as an editor does, its head before it."""
    path = folder / "fi" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((HEAD + text).encode(encoding))
    return path


def test_what_stands_beside_a_text_is_kept_as_what_it_is(tmp_path: Path) -> None:
    text = (
        "# to the next translator\n#. kurs: summary\n#. safety\n#, fuzzy\n"
        '#| msgid ""\n#| "Det "\n#| "gamla"\nmsgid "Det nya"\nmsgstr "Vanha"\n'
    )
    message = message_of(read(po(tmp_path, text), "fi"), "Det nya")
    assert message.user_comments == ["to the next translator"]
    assert message.auto_comments == ["kurs: summary", "safety"]
    assert (message.fuzzy, message.previous_id, message.string) == (True, ["Det gamla"], "Vanha")


def test_the_old_plural_of_a_text_is_kept_too(tmp_path: Path) -> None:
    text = (
        '#, fuzzy\n#| msgid "{n} dag"\n#| msgid_plural "{n} dagar"\n'
        'msgid "{n} vecka"\nmsgid_plural "{n} veckor"\nmsgstr[0] "{n} päivä"\nmsgstr[1] "{n} päivää"\n'
    )
    found = read(po(tmp_path, text), "fi")
    assert message_of(found, "{n} vecka").previous_id == ["{n} dag", "{n} dagar"]


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_line_ends_and_marks_of_other_systems_change_nothing(tmp_path: Path, ending: str, encoding: str) -> None:
    text = (HEAD + '# note\nmsgid "Nästa"\nmsgstr "Seuraava"\n').replace("\n", ending)
    path = tmp_path / "messages.po"
    path.write_bytes(text.encode(encoding))
    message = message_of(read(path, "fi"), "Nästa")
    assert (message.string, message.user_comments) == ("Seuraava", ["note"])


def test_what_an_editor_has_put_away_is_no_error(tmp_path: Path) -> None:
    text = 'msgid "Nästa"\nmsgstr "Seuraava"\n\n#, fuzzy\n#~| msgid "Äldst"\n#~ msgid "Gammal"\n#~ msgstr "Vanha"\n'
    found = read(po(tmp_path, text), "fi")
    assert [message.id for message in found if message.id] == ["Nästa"]


BROKEN = {
    "a conflict that git left": ("<<<<<<< HEAD\n", 6),
    "a key that is none": ('msgid "Nästa"\nmsgstring "Seuraava"\n', 7),
    "more forms than there are": (
        'msgid "{n} dag"\nmsgid_plural "{n} dagar"\nmsgstr[0] "a"\nmsgstr[1] "b"\nmsgstr[2] "c"\n',
        0,
    ),
}


@pytest.mark.parametrize(("text", "line"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_refused_before_a_text_is_lost(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(BrokenTranslations, match=rf"^fi/LC_MESSAGES/messages\.po: line {line or '[0-9]+'} cannot"):
        read(po(tmp_path, text), "fi")


def test_a_catalog_is_written_on_unbroken_lines_however_long(tmp_path: Path) -> None:
    found = Catalog(locale="fi", fuzzy=False)
    who = "En auktoriserad översättare som kommunens språkstöd har anlitat för alla texter om våld"
    found.add(LONG, LONG.upper(), user_comments=[f"reviewed 2026-11-25 0123456789ab: {who}"], auto_comments=[LONG])
    found.add("{n} dag", "", flags=["fuzzy"], previous_id=[LONG])
    message_of(found, LONG).flags.add("fuzzy")
    path = tmp_path / "messages.po"
    write(found, path)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert f"# reviewed 2026-11-25 0123456789ab: {who}" in lines
    assert f'#| msgid "{LONG}"' in lines
    assert f'msgid "{LONG}"' in lines
    again = read(path, "fi")
    assert message_of(again, LONG).auto_comments == [LONG.strip()]
    assert message_of(again, "{n} dag").previous_id == [LONG]


def test_a_written_file_read_and_written_again_is_the_same(tmp_path: Path) -> None:
    found = Catalog(locale="uk", fuzzy=False)
    found.header_comment = "# messages: texts"
    found.mime_headers = [("Plural-Forms", "nplurals=4; plural=(n != 1);")]
    found.add("En rad\nTvå rader", 'Один "рядок"\nДва\\рядки', previous_id=["Rad\nRad två"], flags=["fuzzy"])
    found.add(("{n} dag", "{n} dagar"), ("a {n}", "b {n}", "c {n}", "d {n}"), previous_id=["{n}", "{n} x"])
    found.add("Utan översättning")
    first, second = tmp_path / "first.po", tmp_path / "second.po"
    write(found, first)
    write(read(first, "uk"), second)
    assert first.read_bytes() == second.read_bytes()


def test_other_tools_read_what_we_write(tmp_path: Path) -> None:
    found = Catalog(locale="fi", fuzzy=False)
    found.add(LONG, "Pitkä", previous_id=[f"{LONG}\nOch en rad"], flags=["fuzzy"], user_comments=["a note"])
    found.add(("{n} dag", "{n} dagar"), ("{n} päivä", "{n} päivää"))
    path = tmp_path / "messages.po"
    write(found, path)
    first, second = polib.pofile(str(path))
    assert (first.msgid, first.previous_msgid, first.tcomment) == (LONG, f"{LONG}\nOch en rad", "a note")
    assert second.msgstr_plural == {0: "{n} päivä", 1: "{n} päivää"}
    assert not re.search(r"^#\|[^\n]*[^\"]$", path.read_text(encoding="utf-8"), re.MULTILINE)
