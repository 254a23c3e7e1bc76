"""What the form of an application sends, read once: nothing but the fields it has, everything as it was typed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from werkzeug.datastructures import MultiDict

from portal.domain.applications.forms import LONGEST, Form, fields_asked, only_asked, to_texts
from portal.domain.applications.kinds import ApplicationKind
from portal.domain.applications.problems import problems_of
from portal.domain.applications.reading import read_fact, read_field
from portal.domain.numbers import NO_WORDS, Words, age_in
from portal.domain.refusals import Problem
from portal.domain.typed import text_of
from portal.store.form_keys import FormKey
from portal.web.applications.steps import fields_of, steps_of
from portal.web.form_keys import key_from

Sent = MultiDict[str, str]
"""The fields that a browser sent."""

CODE, KEY, STEP, CHANGING, BROUGHT, IDENTITY = "code", "form_key", "q", "changing", "brought", "identity"
SEEN = "seen"
"""Fields that are no answer: what opens the draft on disk, the form's key, the step, whether it is reached from the
check, which answers came along from the self-check, and the sealed word of an electronic identity; SEEN is the mark of
the draft that the page was made from."""

AT_STOP = "at_stop"
"""The field of the page that says whom to call now: with it a change of language shows that page again."""

SEVERAL = ("ways", "hours")
_ONE = (*LONGEST, "is_protected", "age")
_CONSENT = re.compile(r"consents\.[a-z_]{1,40}")
_NO_AGE, _NO_LANGUAGE = -1, "-"
_DIGITS = 5


def text(typed: str) -> str:
    """Return what was typed without the signs that no page may hold; lines stay lines."""
    return text_of(typed).strip()


@dataclass(frozen=True)
class Filling:
    """The form of a kind with what has been typed so far, in whatever step."""

    kommun: str
    kind: ApplicationKind
    sent: Sent
    languages: tuple[str, ...]
    insatser: Iterable[str]
    words: Words = NO_WORDS

    @cached_property
    def key(self) -> FormKey:
        """Return the key that makes a form sent twice one application; a new one where the form brings none of ours."""
        return key_from(self.sent.get(KEY, ""), f"application {self.kommun} {self.kind.id}")

    @property
    def code(self) -> str:
        """Return the code of the draft on disk, empty where there is none."""
        return self.sent.get(CODE, "")[:40]

    @property
    def seen(self) -> str | None:
        """Return the mark of the draft on disk that the page was made from; None where there was none."""
        return self.sent.get(SEEN, "")[:40] or None

    @property
    def is_changing(self) -> bool:
        """Return whether the step was reached to change it, from the page that shows everything."""
        return self.sent.get(CHANGING) == "1"

    @property
    def identity(self) -> str:
        """Return the sealed word of an electronic identity, empty where there is none."""
        return self.sent.get(IDENTITY, "")

    @property
    def brought(self) -> tuple[str, ...]:
        """Return the fields that the self-check has filled in."""
        return tuple(name for name in self.sent.get(BROUGHT, "")[:200].split() if name in _ONE)

    def values(self, name: str) -> tuple[str, ...]:
        """Return what was typed or chosen in a field."""
        found = [text(value) for value in self.sent.getlist(name)]
        return tuple(dict.fromkeys(found)) if name in SEVERAL else tuple(self._as_read(name, one) for one in found[:1])

    def _as_read(self, name: str, typed: str) -> str:
        """Return a number, an age or a day as it was understood, so that she sees it; anything else as it was typed."""
        fact = next((fact for fact in self.kind.facts if f"facts.{fact.id}" == name), None)
        if name == "age":
            age = age_in(typed, self.words)
            return typed if age is None else str(age)
        return typed if fact is None else read_fact(fact, typed, self.words)

    def typed(self, name: str) -> str:
        """Return what was typed in a field of one text."""
        return next(iter(self.values(name)), "")

    @cached_property
    def form(self) -> Form:
        """Return what the fields hold; what cannot be an answer is one that has a problem."""
        one = {name: read_field(name, self.typed(name)) for name in LONGEST}
        one["insats"] = one["insats"] if one["insats"] in self.insatser else ""
        one["language"] = one["language"] if one["language"] in self.languages else ""
        if one["interpreter"] not in ("", *self.languages):
            one["interpreter"] = _NO_LANGUAGE
        consents = [name for name in self.sent if _CONSENT.fullmatch(name)]
        return Form(
            **one,
            is_protected=self.typed("is_protected") == "yes",
            age=_age(self.typed("age")),
            ways=self.values("ways"),
            hours=self.values("hours"),
            facts={fact.id: self.typed(f"facts.{fact.id}") for fact in self.kind.facts},
            consents={name.removeprefix("consents."): self.typed(name) for name in consents},
        )

    @cached_property
    def asked(self) -> Form:
        """Return what will be sent: without what is left in fields that are not asked any more."""
        return only_asked(self.form, self.kind)

    @cached_property
    def steps(self) -> tuple[str, ...]:
        """Return the steps of this form as it is answered."""
        return steps_of(self.kind, self.form)

    @property
    def step(self) -> str:
        """Return the step that was sent; the first where it names none that there is."""
        named = self.sent.get(STEP, "")
        return named if named in self.steps else self.steps[0]

    @property
    def needs_now(self) -> frozenset[str]:
        """Return the acute needs that the answers of this step show; each is told whom to call before it goes on."""
        asked = {name.removeprefix("facts.") for name in self.fields(self.step) if name.startswith("facts.")}
        return self.kind.needs_now({name: answer for name, answer in self.form.facts.items() if name in asked})

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Return what is missing or wrong in the whole form."""
        return problems_of(self.asked, self.kind)

    def problems_in(self, step: str) -> tuple[Problem, ...]:
        """Return what is missing or wrong in a step."""
        fields = self.fields(step)
        return tuple(problem for problem in self.problems if problem.field in fields)

    def fields(self, step: str) -> tuple[str, ...]:
        """Return the fields of a step, in order."""
        return fields_of(step, self.kind, self.form)

    def first_wrong(self) -> str | None:
        """Return the first step with a problem."""
        return next((step for step in self.steps if self.problems_in(step)), None)

    def is_unasked(self, step: str) -> bool:
        """Return whether a step has questions of whose consent there is, and none was answered."""
        names = [name for name in self.fields(step) if name.startswith("consents.")]
        return bool(names) and not any(self.typed(name) for name in names)

    def kept(self, but: Iterable[str] = ()) -> tuple[tuple[str, str], ...]:
        """Return every field to carry along, but those that the page itself shows."""
        asked = fields_asked(self.kind, self.form)
        known = [*_ONE, *SEVERAL, *(name for name in asked if "." in name)]
        # What is not asked now is carried too: whoever changes back finds it again.
        answers = [(name, value) for name in dict.fromkeys(known) if name not in but for value in self.values(name)]
        own = [(CODE, self.code), (SEEN, self.seen or ""), (BROUGHT, " ".join(self.brought)), (IDENTITY, self.identity)]
        return ((KEY, self.key.text), *((name, value) for name, value in (*own, *answers) if value))

    def with_fields(self, **changes: str) -> "Filling":
        """Return the same form with other fields; an empty one is taken away."""
        sent = self.sent.copy()
        sent[KEY] = self.key.text
        for name, value in changes.items():
            sent.poplist(name)
            if value:
                sent[name] = value
        return replace(self, sent=sent)


def _age(read: str) -> int | None:
    """Return the age in a field; one that nobody has where what stands there is none."""
    if not read:
        return None
    return int(read) if read.isdecimal() and len(read) < _DIGITS else _NO_AGE


def sent_of(form: Form) -> Sent:
    """Return the fields that a form on disk stands for."""
    found: Sent = MultiDict()
    for name, value in to_texts(form).items():
        for one in value.split() if name in SEVERAL else [value]:
            if name != "age" or one != str(_NO_AGE):
                found.add(name, one)
    return found


def brought_from(answers: Mapping[str, object], topics: str) -> dict[str, str]:
    """Return the fields that answers of the self-check fill: for whom, how old, and the topics in words."""
    whom = {"me": "self", "child": "child"}.get(str(answers.get("for")), "")
    found = {"for_whom": whom, "wants": topics}
    if whom == "self" and isinstance(answers.get("age"), int):
        found["age"] = str(answers["age"])
    children = answers.get("children")
    if whom == "child" and isinstance(children, tuple) and len(children) == 1:
        found["age"] = str(children[0])
    return {name: value for name, value in found.items() if value}
