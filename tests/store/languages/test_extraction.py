"""The Swedish texts as templates: every text is there, says where it stands, and comes out the same every time."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from portal.domain.catalogue.condition import Condition
from portal.domain.knowledge import Knowledge
from portal.domain.sentences import Sentence
from portal.settings import ROOT
from portal.store.languages.extraction import (
    PORTAL,
    SAFETY,
    domains,
    extract,
    kommun_texts,
    question_texts,
    says_safety,
)
from tests.store.languages.translating import made_up_knowledge, message_of
from tests.store.made_up import ID, KOMMUN, KURS


def test_every_domain_is_the_portal_or_a_kommun(tmp_path: Path) -> None:
    assert domains(made_up_knowledge(tmp_path).catalogue) == (PORTAL, ID)


def sentences_in(value: object) -> Iterator[Sentence]:
    """Yield every sentence inside a value of the catalogue, conditions apart: they say sentences of the code."""
    if isinstance(value, Sentence):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from sentences_in(item)
    elif is_dataclass(value) and not isinstance(value, Condition):
        for field in fields(value):
            yield from sentences_in(getattr(value, field.name))


def test_every_sentence_of_a_kommun_is_one_to_translate(knowledge: Knowledge) -> None:
    portal = {message.id for message in extract(knowledge, PORTAL)}
    for kommun in knowledge.catalogue.kommuner.values():
        own = {text.text for text, _ in kommun_texts(kommun)}
        for insats in kommun.insatser.values():
            said = {text.text for text in sentences_in(insats)}
            assert said <= (portal if insats.by_law else own), insats.id
        assert {text.text for contact in kommun.contacts.values() for text in sentences_in(contact)} <= own


def texts_of(said: Sentence) -> Iterator[str]:
    """Yield the text of a sentence and of every sentence in its gaps."""
    yield said.text
    for _, value in said.values:
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Sentence):
                yield from texts_of(part)


def known_texts(knowledge: Knowledge) -> set[str]:
    """Return every text of the portal's own template."""
    return {message.id if isinstance(message.id, str) else message.id[0] for message in extract(knowledge, PORTAL)}


def test_every_sentence_that_a_condition_says_is_one_to_translate(knowledge: Knowledge) -> None:
    said = {
        text
        for kommun in knowledge.catalogue.kommuner.values()
        for insats in kommun.insatser.values()
        for rule in (*insats.rules, *(rule for part in insats.parts for rule in part.conditions))
        for text in texts_of(rule.rule)
    }
    assert said - known_texts(knowledge) - {"{rules}"} == set()


def test_every_sentence_of_questions_topics_and_lines_is_one_to_translate(knowledge: Knowledge) -> None:
    known = known_texts(knowledge)
    for shared in (knowledge.catalogue.questions, knowledge.catalogue.topics, knowledge.applications.kinds):
        for item in shared.values():
            assert {text.text for text in sentences_in(item) if text.text} <= known, item.id
    assert {text.text for line in knowledge.catalogue.helplines for text in sentences_in(line)} <= known


def test_a_template_says_where_a_text_stands(tmp_path: Path) -> None:
    template = extract(made_up_knowledge(tmp_path), ID)
    assert message_of(template, KURS["summary"]).auto_comments == ["kurs: summary"]
    unit = message_of(template, KOMMUN["contacts"]["kursen"]["unit"])
    assert unit.auto_comments == ["contact kursen: the name of the unit"]


def test_a_text_of_the_code_says_its_file_and_not_its_line(knowledge: Knowledge) -> None:
    # A line that moves must not be a change of every language's file.
    message = message_of(extract(knowledge, PORTAL), "Så skyddar vi dig")
    assert "portal/web/templates/home/privacy.html" in message.auto_comments
    assert message.locations == []


# ----------------------------------------------------------------------------------------------- safety


def safety_texts(knowledge: Knowledge, domain: str) -> set[str]:
    """Return the texts of a template that are about safety."""
    return {str(message.id) for message in extract(knowledge, domain) if SAFETY in message.auto_comments}


def test_what_is_about_violence_children_or_consent_is_marked_as_safety(knowledge: Knowledge) -> None:
    marked = safety_texts(knowledge, PORTAL)
    for question_id in ("violence", "guardian_consent"):
        assert {text.text for text, _ in question_texts(knowledge.catalogue.questions[question_id])} <= marked
    assert {line.says.text for line in knowledge.catalogue.helplines} <= marked
    assert {topic.name.text for topic in knowledge.catalogue.topics.values() if topic.safety} <= marked
    assert any(topic.safety for topic in knowledge.catalogue.topics.values())
    # Each says that one may always apply.
    assert {kind.summary.text for kind in knowledge.applications.kinds.values()} <= marked


FIXED_AND_ABOUT_SAFETY = (
    "Är du i fara nu?",
    "Ring 112",
    "Ring nu",
    "Ring nu om det är akut",
    "Du får alltid ansöka",
    "Du har alltid rätt att ansöka om stöd hos kommunen. Då tittar kommunen på just din situation och skriver ett "
    "beslut. Du kan överklaga beslutet.",
)


@pytest.mark.parametrize("text", FIXED_AND_ABOUT_SAFETY)
def test_what_every_page_says_about_danger_and_the_right_to_apply_is_marked(knowledge: Knowledge, text: str) -> None:
    assert text in safety_texts(knowledge, PORTAL)


def test_an_insats_about_violence_is_marked_and_another_is_not(tmp_path: Path) -> None:
    calm = made_up_knowledge(tmp_path / "calm", topics=["parenting"])
    assert safety_texts(calm, ID) == set()
    ages = [{"child_age": {"from": 3, "to": 12}}]
    grave = made_up_knowledge(tmp_path / "grave", topics=["violence"], conditions=ages)
    assert {KURS["summary"], KURS["audience"], *KURS["happens"]} <= safety_texts(grave, ID)
    assert KOMMUN["contacts"]["kursen"]["unit"] not in safety_texts(grave, ID)


@pytest.mark.parametrize(
    ("text", "is_safety"),
    [
        ("Är det akut? Ring 112.", True),
        ("Ni pratar om hot och våld.", True),
        ("Är du under 15 år måste dina vårdnadshavare säga ja.", True),
        ("Du har rätt att ansöka och att överklaga.", True),
        ("Ring 0112-34 56.", False),
        ("Fika ingår. Hotellet har en hiss.", False),
        ("Ni ringer oss när ni vill.", False),
    ],
)
def test_a_text_is_about_safety_by_its_words_wherever_it_stands(tmp_path: Path, text: str, is_safety: bool) -> None:
    template = extract(made_up_knowledge(tmp_path, guidance=[text]), ID)
    assert (SAFETY in message_of(template, text).auto_comments) == is_safety
    assert says_safety(text) == is_safety


# ------------------------------------------------------------------------------------------- the same every time

_EXTRACT = """
from pathlib import Path
import sys
from portal.store.languages.translations import write_templates
from portal.store.loading import load_knowledge
write_templates(load_knowledge(), Path(sys.argv[1]))
"""


def templates(folder: Path, **environment: str) -> dict[str, bytes]:
    """Extract every template in a process of its own, started elsewhere; return the files."""
    folder.mkdir()
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", _EXTRACT, str(folder)],
        cwd=folder,
        env={**surroundings, "PYTHONPATH": str(ROOT), **environment},
        check=True,
    )
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_extraction_is_the_same_whatever_the_seed_the_locale_and_the_time_zone(tmp_path: Path) -> None:
    # Without UTF-8 mode and coercion, C means that every text must be opened as UTF-8 on purpose.
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    first = templates(tmp_path / "first", PYTHONHASHSEED="1", TZ="Pacific/Kiritimati", **plain)
    second = templates(tmp_path / "second", PYTHONHASHSEED="2", TZ="America/Adak", LC_ALL="C.UTF-8")
    assert len(first) > 1
    assert first == second
