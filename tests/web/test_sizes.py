"""Answers of the self-check come in a few sizes: whoever sees only how long they are learns no topic."""

import gzip
import random

import brotli
import pytest
from flask import Flask

from portal.domain.catalogue.whole import Catalogue
from portal.web.sizes import SIZES, STEP, filled_brotli, filled_gzip, filled_plain, size_of
from tests.web.each_language import LANGUAGES

LENGTHS = [0, 17, *range(7880, 8200), 9000, 11_000, 11_264, 12_000, 60_000, 120_000]


def text_of(length: int) -> bytes:
    """Return a text that no compression makes shorter."""
    return random.Random(length).randbytes(length)  # noqa: S311 - the same each time


@pytest.mark.parametrize("length", LENGTHS)
def test_what_is_filled_has_one_of_the_sizes_and_reads_as_before(length: int) -> None:
    text = text_of(length)
    by_brotli, by_gzip, plain = filled_brotli(text, 6), filled_gzip(text, 6), filled_plain(text)
    assert brotli.decompress(by_brotli) == gzip.decompress(by_gzip) == text
    assert plain.rstrip(b"\n") == text.rstrip(b"\n")
    for filled in (by_brotli, by_gzip):
        assert len(filled) in SIZES or len(filled) % STEP == 0
    assert len(plain) % (4 * STEP) == 0


def test_the_next_size_is_taken() -> None:
    found = [size_of(length) for length in (1, 8192, 8193, 9728, 9729, 11_264, 11_265, 16_385)]
    assert found == [8192, 8192, 9728, 9728, 11_264, 11_264, STEP, 2 * STEP]


BY_CHANCE = ("Date", "X-Request-Id")
"""Headers that differ from answer to answer, whatever was asked."""


@pytest.mark.parametrize("coding", ["br", "gzip", "identity"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_topic_has_a_length_of_its_own(app: Flask, catalogue: Catalogue, lang: str, coding: str) -> None:
    client, headers = app.test_client(), {"Accept-Encoding": coding}
    path = f"/{lang}/lekeberg/self-check"
    lengths, told = set(), set()
    for topic in catalogue.topics:
        answer = client.post(path, data={"q": "topics", "topics": topic}, headers=headers)
        lengths.add(len(answer.data))
        # Every question skipped at once: the result that the topic alone leads to.
        skipped = {question: "" for question in catalogue.questions if question != "topics"}
        answer = client.post(path, data={"topics": topic, **skipped}, headers=headers)
        lengths.add(len(answer.data))
        told.add("".join(f"{name}: {value}\n" for name, value in answer.headers if name not in BY_CHANCE))
    assert (len(lengths), len(told)) == (1, 1)


@pytest.mark.parametrize("coding", ["br", "gzip", "identity"])
def test_the_api_tells_no_topic_by_length_either(app: Flask, catalogue: Catalogue, coding: str) -> None:
    client, found = app.test_client(), set()
    for topic in catalogue.topics:
        answers = {"answers": {"topics": [topic], "age": 34}}
        answer = client.post("/api/v1/lekeberg/self-check", json=answers, headers={"Accept-Encoding": coding})
        assert answer.status_code == 200
        found.add(len(answer.data))
    assert len(found) <= 2
