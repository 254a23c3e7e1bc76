"""An example of every answer, made of the real catalogue by the same functions that answer: it cannot grow old."""

from datetime import datetime
from typing import Any

from portal.domain.catalogue.answers import Answers
from portal.domain.catalogue.changes import CHANGED, INSATS, Change
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.whole import Catalogue
from portal.domain.groups.planning import Group, Seen, Session
from portal.domain.groups.terms import GroupState
from portal.domain.instants import STOCKHOLM
from portal.domain.self_check.matching import match
from portal.web.api import views
from portal.web.voices.voice import Voice

JSON = dict[str, Any]

_SEEN = datetime(2026, 11, 30, 13, tzinfo=STOCKHOLM)

_ANSWERS: Answers = {"topics": frozenset({"parenting"}), "age": 35, "for": "me"}


def examples(kommun: Kommun, catalogue: Catalogue, voice: Voice) -> JSON:
    """Return an example by the name of its schema; long lists are cut to their first item."""
    insats = next(iter(kommun.insatser.values()))
    where = {"kommun": kommun.id, "lang": voice.language.tag}
    question = next(iter(catalogue.questions.values()))
    language = {"tag": voice.language.tag, "name": voice.language.name, "dir": voice.language.direction}
    paging = {"page": 1, "limit": 1, "total": 1, "pages": 1}
    lists = views.matches(match(kommun, catalogue, _ANSWERS), kommun, voice)
    return {
        "ApiInfo": views.api_info("/"),
        "Kommuner": {"kommuner": [views.kommun(kommun)], "languages": [language]},
        "Questions": {**where, "questions": [views.question(question, kommun, catalogue, voice)]},
        "Insatser": {**where, "insatser": [views.insats_in_list(insats, kommun, voice)], "paging": paging},
        "Insats": {**where, **views.insats(insats, kommun, voice)},
        "Changes": {
            "kommun": kommun.id,
            "changes": [views.change(Change(INSATS, insats.id, CHANGED, _SEEN), kommun, "/")],
            "until": views.exactly(_SEEN),
            "paging": paging,
        },
        "Groups": {**where, "groups": [views.group(_group(kommun, insats.id), kommun, voice)], "paging": paging},
        "Request": {"answers": {"topics": ["parenting"], "age": 35, "for": "me"}},
        "Result": {**where, **{name: found[:1] for name, found in lists.items()}, "next_question": "children"},
        "Description": {"openapi": "3.1.0"},
    }


def _group(kommun: Kommun, insats: str) -> Seen:
    """Return a group that does not exist."""
    starts_at = datetime(2027, 1, 12, 17, 30, tzinfo=STOCKHOLM)
    session = Session(1, starts_at, starts_at.replace(hour=20))
    group = Group(
        id="example",
        kommun=kommun.id,
        state=GroupState.PUBLISHED,
        insats=insats,
        name="Exempel",
        sessions=(session,),
        capacity=12,
        contact=kommun.contact_centre,
        place=kommun.name,
        is_sample=True,
    )
    return Seen(group, left=4, waiting=0, can_wait=True)
