"""Strict reading: each value is taken once and by type, and whatever is wrong is named by its place."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from portal.domain.sentences import Sentence
from portal.store.reading import EMPTY, Fields, Findings, read_each, read_yaml


def fields(**data: object) -> Fields:
    """Return the fields of a mapping that stands at `outer` of a file."""
    return Fields(data, "file.yaml", "outer", Findings())


def lines(read: Fields) -> list[str]:
    """Return what was found wrong, as lines."""
    return [finding.line for finding in read.findings.found]


def test_each_type_is_taken_as_it_stands() -> None:
    read = fields(
        text=" ord ", words=["a", "b"], number=3, truth=False, day=date(2026, 1, 2), list=[1, "b"], word="direct"
    )
    assert read.string("text") == "ord"
    assert read.strings("words") == ("a", "b")
    assert read.integer("number") == 3
    assert read.boolean("truth") is False
    assert read.day("day") == date(2026, 1, 2)
    assert read.items("list") == [1, "b"]
    assert read.one_of("word", ("direct", "other")) == "direct"
    read.done()
    assert lines(read) == []


TAKERS: dict[str, tuple[Callable[[Fields], object], object, str]] = {
    "a text": (lambda read: read.string("key"), ["ord"], "must be a text, not ['ord']"),
    "a sentence": (lambda read: read.text("key"), 3, "must be a text, not 3"),
    "a list of texts": (lambda read: read.strings("key"), "ord", "must be a list, not 'ord'"),
    "texts in a list": (lambda read: read.texts("key"), [1], "must be a list of texts"),
    "a whole number": (lambda read: read.integer("key"), "3", "must be a whole number, not '3'"),
    "a number that is true": (lambda read: read.integer("key"), True, "must be a whole number, not True"),
    "a number with decimals": (lambda read: read.integer("key"), 3.0, "must be a whole number, not 3.0"),
    "true or false": (lambda read: read.boolean("key"), 1, "must be true or false, not 1"),
    "a date": (lambda read: read.day("key"), "2026-01-02", "must be a date such as 2025-05-02, not '2026-01-02'"),
    "a list": (lambda read: read.items("key"), {"a": 1}, "must be a list, not {'a': 1}"),
    "a mapping": (lambda read: read.fields("key"), ["a"], "must be a mapping of keys to values"),
    "ids": (lambda read: read.each("key", lambda _id, _inner: None), ["a"], "must be a mapping of ids, not ['a']"),
    "one of the known words": (lambda read: read.one_of("key", ("a", "b")), "c", "has no 'c'; it has: a, b"),
    "some of the known words": (lambda read: read.some_of("key", ("a", "b")), ["c"], "has no 'c'; it has: a, b"),
    "one of the ids": (lambda read: read.one_of("key", {"a": 1}), ["a"], "has no ['a']; it has: a"),
}


@pytest.mark.parametrize(("take", "value", "says"), TAKERS.values(), ids=TAKERS)
def test_another_type_is_a_finding_with_its_place(take: Callable[[Fields], object], value: object, says: str) -> None:
    read = fields(key=value)
    take(read)
    assert lines(read) == [f"file.yaml: outer.key: {says}"]


@pytest.mark.parametrize("take", [Fields.string, Fields.text, Fields.strings, Fields.day, Fields.items, Fields.fields])
def test_a_required_key_that_is_missing_is_a_finding(take: Callable[[Fields, str], object]) -> None:
    read = fields()
    take(read, "key")
    assert lines(read) == ["file.yaml: outer.key: is missing"]


def test_an_optional_key_that_is_missing_is_nothing() -> None:
    read = fields()
    assert read.string("key", required=False) is None
    assert read.maybe_text("key") is None
    assert read.strings("key", required=False) == ()
    assert read.integer("key") is None
    assert read.boolean("key") is None
    assert read.fields("key", required=False) is None
    assert read.one_of("key", ("a",), required=False) is None
    assert lines(read) == []


def test_a_null_counts_as_missing() -> None:
    read = fields(key=None)
    assert read.string("key") is None
    assert lines(read) == ["file.yaml: outer.key: is missing"]


def test_a_text_with_a_gap_that_nobody_fills_is_a_finding() -> None:
    read = fields(key="Hej {namn}")
    assert read.text("key") == EMPTY
    assert lines(read) == ["file.yaml: outer.key: has braces, which mark gaps in translated texts"]


def test_a_text_may_have_the_gaps_that_its_page_fills() -> None:
    read = fields(key="Bor du i {kommun}?")
    assert read.text("key", gaps=("kommun",)) == Sentence("Bor du i {kommun}?")
    assert lines(read) == []


def test_only_the_known_words_are_kept() -> None:
    read = fields(key=["a", "c", "b"])
    assert read.some_of("key", ("a", "b")) == ("a", "b")


def test_what_nobody_takes_is_an_unknown_key() -> None:
    read = fields(known="a", extra="b")
    read.string("known")
    read.done()
    assert lines(read) == ["file.yaml: outer.extra: is not a key that is known here"]


def test_an_inner_mapping_has_its_own_place() -> None:
    read = fields(inner={"extra": 1})
    inner = read.fields("inner")
    assert inner is not None
    inner.done()
    assert lines(read) == ["file.yaml: outer.inner.extra: is not a key that is known here"]


def test_each_of_many_is_read_and_its_unknown_keys_found() -> None:
    findings = Findings()
    data = {"a": {"name": "Ett"}, "b": {"name": "Två", "extra": 1}}
    found = read_each(data, "file.yaml", "", findings, lambda key, inner: f"{key}: {inner.string('name')}")
    assert found == {"a": "a: Ett", "b": "b: Två"}
    assert [finding.line for finding in findings.found] == ["file.yaml: b.extra: is not a key that is known here"]


def test_a_file_is_read_as_a_mapping(tmp_path: Path) -> None:
    (tmp_path / "file.yaml").write_text("a: 1\nb: [å]\n", encoding="utf-8")
    findings = Findings()
    assert read_yaml(tmp_path / "file.yaml", "file.yaml", findings) == {"a": 1, "b": ["å"]}
    assert findings.found == []


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "the file is missing"),
        (b"a: [", "cannot be read: "),
        (b"a: \xe5", "cannot be read: "),
        (b"a: 1\na: 2\n", "cannot be read: the key 'a' stands twice"),
        (b"{[a]: 1}", "cannot be read: a key must be a simple value"),
        (b"1: a\n'1': b\n", "cannot be read: the key '1' stands twice"),
        (b"- a\n", "must be a mapping of keys to values"),
        (b"", "must be a mapping of keys to values"),
    ],
)
def test_a_file_of_another_kind_is_one_finding_on_one_line(tmp_path: Path, content: bytes | None, says: str) -> None:
    if content is not None:
        (tmp_path / "file.yaml").write_bytes(content)
    findings = Findings()
    assert read_yaml(tmp_path / "file.yaml", "file.yaml", findings) == {}
    (finding,) = findings.found
    assert finding.line.startswith(f"file.yaml: {says}")
    assert "\n" not in finding.line


def test_words_that_yaml_1_1_takes_for_truth_and_times_for_numbers_are_words(tmp_path: Path) -> None:
    lines_of = ("{on: 2026-11-22, by: off}", "{yes: no, opens: 13:00}", "{true: 1, is: true, phone: 0585}")
    (tmp_path / "file.yaml").write_text("\n".join(f"- {line}" for line in lines_of).join(("a:\n", "\n")), "utf-8")
    findings = Findings()
    assert read_yaml(tmp_path / "file.yaml", "file.yaml", findings) == {
        "a": [
            {"on": date(2026, 11, 22), "by": "off"},
            {"yes": "no", "opens": "13:00"},
            {"True": 1, "is": True, "phone": "0585"},
        ]
    }
    assert findings.found == []


@pytest.mark.parametrize(
    "text", ["Ring <b>oss</b>", "<p>Hej", "Hej<br/>", "å &amp; ö", "&#229;", "<!-- -->", "<SCRIPT src=x>"]
)
def test_html_in_a_text_is_a_finding(text: str) -> None:
    read = fields(key=text, many=["Hej", text])
    read.text("key")
    read.texts("many")
    says = f"has html, which is shown as it stands: {text!r}"
    assert lines(read) == [f"file.yaml: outer.key: {says}", f"file.yaml: outer.many: {says}"]


@pytest.mark.parametrize("text", ["Barn < 3 år", "Mat & prat", "3 > 2", "https://example.se/?a=1&b=2", "M & M; mer"])
def test_signs_that_are_no_html_are_not(text: str) -> None:
    read = fields(key=text)
    assert read.text("key") == Sentence(text)
    assert lines(read) == []


def test_what_only_follows_from_a_file_that_cannot_be_read_is_no_finding() -> None:
    findings = Findings()
    findings.unreadable("kommuner/lekeberg/kommun.yaml", "cannot be read")
    findings.unreadable("kommuner/mellerud/insatser/abc.yaml", "cannot be read")
    for file in ("lekeberg/kommun.yaml", "lekeberg/insatser/abc.yaml", "mellerud/insatser/abc.yaml"):
        findings.add(f"kommuner/{file}", "name", "is missing")
    assert len(findings.found) == 2
    findings.add("kommuner/mellerud/insatser/fos.yaml", "name", "is missing")
    findings.add("topics.yaml", "violence", "is missing")
    assert [one.file for one in findings.found[2:]] == ["kommuner/mellerud/insatser/fos.yaml", "topics.yaml"]
    findings.unreadable("topics.yaml", "cannot be read")
    findings.add("kommuner/mellerud/insatser/fos.yaml", "topics", "has no 'violence'")
    assert len(findings.found) == 5
