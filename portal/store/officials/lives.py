"""The lives of a kommun from its file: residents, and what each must get (docs/catalogue.md)."""

from collections.abc import Collection, Mapping
from pathlib import Path

from portal.domain.catalogue.answers import Answers, QuestionBank
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.whole import Catalogue
from portal.domain.findings import Finding
from portal.domain.officials.lives import Life, Told, tell
from portal.store.reading import Fields, Findings, read_yaml_list

FILE = "lives.yaml"


def prove_lives(kommuner_in: Path, catalogue: Catalogue) -> tuple[dict[str, list[Told]], tuple[Finding, ...]]:
    """Return what the lives of each kommun get, and each fault of one as a finding: a release with one stops."""
    findings, told = Findings(), {}
    for kommun in catalogue.kommuner.values():
        lives = read_lives(kommuner_in, kommun, catalogue, findings)
        if lives:
            told[kommun.id] = [tell(life, kommun, catalogue) for life in lives]
        for one in told.get(kommun.id, []):
            for fault in one.faults:
                findings.add(f"kommuner/{kommun.id}/{FILE}", one.life.id, fault)
    return told, tuple(findings.found)


def read_lives(kommuner_in: Path, kommun: Kommun, catalogue: Catalogue, findings: Findings) -> tuple[Life, ...]:
    """Return the lives of a kommun, none where it has no such file; what names nothing that exists is a finding."""
    path = kommuner_in / "kommuner" / kommun.id / FILE
    if not path.exists():
        return ()
    file = f"kommuner/{kommun.id}/{FILE}"
    lines = {line.id for line in catalogue.helplines}
    found: dict[str, Life] = {}
    for number, item in enumerate(read_yaml_list(path, file, findings), start=1):
        fields = Fields(item, file, str(number), findings)
        life = _read_life(fields, kommun.insatser, lines, catalogue.questions)
        fields.done()
        if life.id in found:
            fields.wrong("id", f"{life.id} stands twice")
        found[life.id] = life
    return tuple(found.values())


def _read_life(fields: Fields, insatser: Collection[str], lines: Collection[str], questions: QuestionBank) -> Life:
    life_id = fields.string("id") or ""
    fields.place = life_id or fields.place
    return Life(
        life_id,
        tells=fields.string("tells") or "",
        answers=_read_answers(fields, questions),
        first=fields.some_of("first", insatser, required=False),
        must=fields.some_of("must", insatser, required=False),
        never=fields.some_of("never", insatser, required=False),
        talk=fields.some_of("talk", lines, required=False),
        at_most=fields.integer("at_most", required=True) or 0,
        source=fields.string("source") or "",
    )


def _read_answers(fields: Fields, questions: QuestionBank) -> Answers:
    value = fields.take("answers")
    if not isinstance(value, Mapping):
        fields.wrong("answers", "must be the answers by the ids of data/questions.yaml")
        return {}
    answers, problems = questions.read_json({str(name): answer for name, answer in value.items()})
    for problem in problems:
        fields.wrong(f"answers.{problem.field}", _what_it_takes(questions, problem.field))
    return answers


def _what_it_takes(questions: QuestionBank, name: str) -> str:
    """Return what is wrong with an answer, and what could stand there instead."""
    question = questions.get(name)
    if question is None:
        return f"there is no such question; there are: {', '.join(questions)}"
    if question.options:
        return f"is no answer to it; it has: {', '.join(option.id for option in question.options)}"
    return f"is no answer to it; it takes whole numbers from {question.low} to {question.high}"
