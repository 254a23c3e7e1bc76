"""The API for programs: the shapes of interface.md, problems that name their field, and the rules of the domain."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from portal.domain.applications.rules import ApplicationRules
from portal.domain.catalogue.answers import Answer, Question
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.whole import Catalogue
from portal.domain.self_check.asking import next_question
from portal.domain.self_check.matching import match
from tests.conftest import SITE
from tests.web.each_language import LANGUAGES

CHECK = "/api/v1/lekeberg/self-check"


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a program that asks."""
    return app.test_client()


def shown(response: TestResponse) -> Any:
    """Return the JSON of an answer that went well."""
    assert response.status_code == 200, response.text
    assert response.mimetype == "application/json"
    return response.get_json()


# --------------------------------------------------------------------------------------------------- lists


def test_the_kommuner_and_the_languages_are_listed(client: FlaskClient, catalogue: Catalogue) -> None:
    told = shown(client.get("/api/v1/kommuner"))
    assert set(told) == {"kommuner", "languages"}
    assert [kommun["id"] for kommun in told["kommuner"]] == list(catalogue.kommuner)
    assert told["kommuner"][1] == {
        "id": "lekeberg",
        "name": "Lekeberg",
        "full_name": "Lekebergs kommun",
        "insatser": len(catalogue.kommuner["lekeberg"].insatser),
    }
    assert {"tag": "ar", "name": "العربية", "dir": "rtl"} in told["languages"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_question_is_listed_with_the_options_of_the_kommun(
    client: FlaskClient, catalogue: Catalogue, lang: str
) -> None:
    for kommun in catalogue.kommuner.values():
        told = shown(client.get(f"/api/v1/{kommun.id}/questions?lang={lang}"))
        assert (told["kommun"], told["lang"]) == (kommun.id, lang)
        assert [question["id"] for question in told["questions"]] == list(catalogue.questions)
        for question in told["questions"]:
            asked = catalogue.questions[question["id"]]
            assert question["kind"] == asked.kind
            assert "{" not in question["ask"] + question["why"]
            if asked.options:
                offered = [option["id"] for option in question["options"]]
                assert offered == list(catalogue.options_of(asked, kommun))
                assert "{" not in "".join(option["name"] for option in question["options"])
            else:
                assert question["range"] == [asked.low, asked.high]
            assert question.get("only_if") == asked.only_if


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_insats_is_listed_and_can_be_fetched(client: FlaskClient, catalogue: Catalogue, lang: str) -> None:
    for kommun in catalogue.kommuner.values():
        told = shown(client.get(f"/api/v1/{kommun.id}/insatser?lang={lang}"))
        assert (told["kommun"], told["lang"]) == (kommun.id, lang)
        assert [insats["id"] for insats in told["insatser"]] == list(kommun.insatser)
        for short in told["insatser"][::7]:
            whole = shown(client.get(f"/api/v1/{kommun.id}/insatser/{short['id']}?lang={lang}"))
            assert short.items() <= whole.items()
            assert (whole["kommun"], whole["lang"]) == (kommun.id, lang)
            assert client.get(whole["url"]).status_code == 200


def test_an_insats_says_all_that_its_page_says(client: FlaskClient, lekeberg: Kommun) -> None:
    told = shown(client.get("/api/v1/lekeberg/insatser/abc-3-12"))
    insats = lekeberg.get_insats("abc-3-12")
    assert told["name"] == insats.name.text
    assert told["happens"] == [said.text for said in insats.happens]
    assert (told["route"], told["access"], told["topics"]) == ("direct", "self", ["parenting"])
    assert len(told["rules"]) == len(insats.rules)
    assert "4 träffar." in told["how_much"]
    assert told["documentation"] == {"regime": "advice", "cited": "kap. 14 § 6", "enacted": "14 kap. 4 §"}
    assert told["decision"] == {"board": "Socialnämnden", "number": "SON 25-99", "date": "2025-05-02"}
    assert told["source"]["document"] == insats.source.document
    assert (told["application"], told["started_by"], told["without_guardian_from"]) == (None, None, None)
    assert told["contact"]["unit"] == "Socialförvaltningens öppenvård"
    assert told["contact"]["phone"] == "0585-487 00"
    assert told["contact"]["through"] == "Kontaktcenter"
    assert told["contact"]["confirmed"] is None
    assert told["url"] == f"{SITE}/sv/lekeberg/insatser/abc-3-12"
    assert told["conditions"] == [
        {"child_age": {"from": 3, "to": 12}},
        {"residence": ["registered", "staying", "child_only"]},
    ]


def test_no_html_and_no_isolating_signs_stand_in_the_api(client: FlaskClient) -> None:
    for path in ("insatser", "questions", "insatser/abc-3-12"):
        told = client.get(f"/api/v1/lekeberg/{path}?lang=ar").text
        assert "<bdi" not in told
        assert "\u2068" not in told


def test_letters_are_sent_as_they_are(client: FlaskClient) -> None:
    assert "العربية" in client.get("/api/v1/kommuner").text


def test_a_list_comes_in_pages_and_leads_to_the_next(client: FlaskClient, lekeberg: Kommun) -> None:
    address, found = "/api/v1/lekeberg/insatser?limit=40&lang=en", []
    while address:
        answer = client.get(address)
        found += [one["id"] for one in shown(answer)["insatser"]]
        address = answer.headers.get("Link", "").partition(">")[0].removeprefix(f"<{SITE}")
    assert found == list(lekeberg.insatser)
    assert answer.get_json()["paging"] == {"page": 3, "limit": 40, "total": len(found), "pages": 3}


def test_insatser_are_found_by_topic_route_and_age(client: FlaskClient, lekeberg: Kommun) -> None:
    def ids(query: str) -> set[str]:
        return {one["id"] for one in shown(client.get(f"/api/v1/lekeberg/insatser?{query}"))["insatser"]}

    every = set(lekeberg.insatser)
    assert ids("topic=parenting&route=direct") == {
        one.id for one in lekeberg.insatser.values() if "parenting" in one.topics and one.route == "direct"
    }
    assert ids("age=70") | ids("age=10") <= every
    assert ids("age=10") != ids("age=70")


def test_what_is_new_since_a_moment(client: FlaskClient) -> None:
    def listed(since: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = shown(client.get(f"/api/v1/lekeberg/insatser?since={since}"))["insatser"]
        return found

    every = listed("1990-01-01T00:00:00Z")
    last = max(one["updated_at"] for one in every)
    assert {one["id"] for one in listed(last)} == {one["id"] for one in every if one["updated_at"] == last}
    assert listed("2200-01-01T00:00:00Z") == []


def test_groups_are_found_by_insats_language_and_time(client: FlaskClient) -> None:
    every = shown(client.get("/api/v1/lekeberg/groups"))["groups"]
    for name in ("insats", "time_of_day"):
        wanted = every[0][name]
        told = shown(client.get(f"/api/v1/lekeberg/groups?{name}={wanted}"))["groups"]
        assert [one["id"] for one in told] == [one["id"] for one in every if one[name] == wanted]
    spoken = shown(client.get("/api/v1/lekeberg/groups?language=sv"))["groups"]
    assert [one["id"] for one in spoken] == [one["id"] for one in every if "sv" in one["languages"]]


@pytest.mark.parametrize(
    ("address", "status", "field"),
    [
        ("insatser?page=2", 404, "page"),
        ("insatser?limit=0", 422, "limit"),
        ("insatser?topic=gold", 422, "topic"),
        ("insatser?route=", 422, "route"),
        ("insatser?age=121", 422, "age"),
        ("insatser?colour=red", 422, "colour"),
        ("insatser?since=yesterday", 422, "since"),
        ("insatser/abc-3-12?page=1", 422, "page"),
        ("groups?language=klingon", 422, "language"),
        ("groups?insats=gold", 422, "insats"),
        ("questions?x=1", 422, "x"),
    ],
)
def test_what_nobody_can_ask_for_is_told(client: FlaskClient, address: str, status: int, field: str) -> None:
    answer = client.get(f"/api/v1/lekeberg/{address}")
    told = answer.get_json()
    assert (answer.status_code, answer.mimetype, told["status"]) == (status, "application/problem+json", status)
    assert [error["field"] for error in told["errors"]] == [field]
    assert (told["instance"], bool(told["detail"])) == (f"/api/v1/lekeberg/{address.partition('?')[0]}", True)


def test_it_says_what_it_is(client: FlaskClient) -> None:
    for address in ("/api/v1/api-info", "/api-info"):
        told = shown(client.get(address))
        assert set(told) == {"api_name", "api_version", "api_released", "api_documentation", "api_status"}
        assert client.get(told["api_documentation"]).status_code == 200


# ------------------------------------------------------------------------------------------- the self-check


def check(client: FlaskClient, answers: object, kommun: str = "lekeberg", lang: str = "sv") -> Any:
    """Return the result of a self-check."""
    return shown(client.post(f"/api/v1/{kommun}/self-check?lang={lang}", json={"answers": answers}))


PARENT = {"topics": ["parenting"], "children": [4], "residence": "registered", "for": "child", "age": 35}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_result_has_four_lists_and_the_next_question(
    client: FlaskClient, catalogue: Catalogue, rules: ApplicationRules, lang: str
) -> None:
    told = check(
        client, {"topics": ["parenting", "money", "separation", "violence"], "age": 35, "for": "me"}, lang=lang
    )
    assert set(told) == {"kommun", "lang", "direct", "maybe", "apply", "near", "next_question"}
    assert (told["kommun"], told["lang"]) == ("lekeberg", lang)
    for name in ("direct", "maybe", "apply", "near"):
        assert told[name], name
        for entry in told[name]:
            assert entry["url"] == f"{SITE}/{lang}/lekeberg/insatser/{entry['id']}"
            assert entry["name"]
    assert all(entry["reasons"] and entry["contact"]["phone"] for entry in told["direct"])
    assert all({"reasons", "unknown", "needs", "to_ask", "contact"} <= set(entry) for entry in told["maybe"])
    assert all(entry["kind"] in rules.kinds and entry["reasons"] for entry in told["apply"])
    assert all(len(entry["not_met"]) == 1 for entry in told["near"])
    assert told["next_question"] in catalogue.questions


def test_the_first_question_is_what_it_is_about(client: FlaskClient) -> None:
    assert check(client, {}) == {
        "kommun": "lekeberg",
        "lang": "sv",
        "direct": [],
        "maybe": [],
        "apply": [],
        "near": [],
        "next_question": "topics",
    }


def test_a_path_ends_with_no_next_question(client: FlaskClient) -> None:
    answers: dict[str, object] = {"topics": ["violence", "housing"]}
    asked = ["topics"]
    while (following := check(client, answers)["next_question"]) is not None:
        assert following not in asked
        asked.append(following)
        answers[following] = None
    assert 2 < len(asked) <= 8


def test_null_is_an_answer_and_not_a_no(client: FlaskClient) -> None:
    told = check(client, {**PARENT, "residence": None})
    assert "abc-3-12" in [entry["id"] for entry in told["maybe"]]
    (entry,) = [entry for entry in told["maybe"] if entry["id"] == "abc-3-12"]
    assert "residence" in entry["unknown"]
    assert told["next_question"] != "residence"


def answers_of(question: Question) -> st.SearchStrategy[object]:
    """Return a strategy of JSON answers to a question."""
    numbers = st.integers(question.low, question.high)
    values: dict[str, st.SearchStrategy[object]] = {
        "one_of": st.sampled_from([option.id for option in question.options] or [""]),
        "any_of": st.lists(st.sampled_from([option.id for option in question.options] or [""]), max_size=4),
        "age": numbers,
        "ages": st.lists(numbers, max_size=4),
        "months": st.lists(numbers, max_size=4),
    }
    return st.none() | values[question.kind]


def test_the_api_decides_as_the_domain_does(app: Flask, catalogue: Catalogue) -> None:
    client, bank = app.test_client(), catalogue.questions
    topics = st.lists(st.sampled_from(list(catalogue.topics)), min_size=1, max_size=3)
    others = {question.id: answers_of(question) for question in bank.values() if question.id != "topics"}

    @hypothesis(max_examples=40, deadline=None, derandomize=True, database=None)
    @given(
        kommun=st.sampled_from(list(catalogue.kommuner.values())),
        given_answers=st.fixed_dictionaries({"topics": topics}, optional=others),
    )
    def decides_the_same(kommun: Kommun, given_answers: dict[str, object]) -> None:
        told = check(client, given_answers, kommun.id)
        answers: dict[str, Answer]
        answers, problems = bank.read_json(given_answers)
        assert not problems
        matches = match(kommun, catalogue, answers)
        for name in ("direct", "maybe", "apply", "near"):
            assert [entry["id"] for entry in told[name]] == [one.insats.id for one in getattr(matches, name)]
        assert [entry["unknown"] for entry in told["maybe"]] == [list(one.unknown) for one in matches.maybe]
        assert [entry["needs"] for entry in told["maybe"]] == [list(one.needs) for one in matches.maybe]
        following = next_question(kommun, catalogue, answers)
        assert told["next_question"] == (None if following is None else following.id)

    decides_the_same()


# ----------------------------------------------------------------------------------------------- problems


def problems_of(response: TestResponse) -> list[str]:
    """Return the fields that a refusal names."""
    assert response.status_code == 422, response.text
    assert response.mimetype == "application/problem+json"
    told = response.get_json()
    assert (told["type"], told["status"]) == ("about:blank", 422)
    assert told["title"]
    assert all(set(error) == {"field", "detail"} and error["detail"] for error in told["errors"])
    return [error["field"] for error in told["errors"]]


WRONG_ANSWERS: dict[str, tuple[object, list[str]]] = {
    "an unknown question": ({"dance": "waltz"}, ["dance"]),
    "an unknown option": ({"for": "dog"}, ["for"]),
    "an unknown topic": ({"topics": ["parenting", "dance"]}, ["topics"]),
    "the word of a form": ({"children": "none"}, ["children"]),
    "a text for a list": ({"topics": "parenting"}, ["topics"]),
    "a list for one option": ({"residence": ["registered"]}, ["residence"]),
    "a number for an option": ({"for": 1}, ["for"]),
    "numbers for options": ({"topics": [1]}, ["topics"]),
    "a text for an age": ({"age": "17"}, ["age"]),
    "true for an age": ({"age": True}, ["age"]),
    "half a year": ({"age": 17.5}, ["age"]),
    "a number for children": ({"children": 4}, ["children"]),
    "texts for children": ({"children": ["4"]}, ["children"]),
    "a mapping for an age": ({"age": {"from": 17}}, ["age"]),
    "before birth": ({"age": -1}, ["age"]),
    "after the oldest": ({"age": 121}, ["age"]),
    "no child's age": ({"children": [4, 91]}, ["children"]),
    "no baby's age": ({"babies": [24]}, ["babies"]),
    "more children than a family has": ({"children": [4] * 21}, ["children"]),
    "several at once": ({"age": 200, "for": "dog", "topics": ["money"]}, ["age", "for"]),
    "an endless number": ({"age": 10**30}, ["age"]),
}


@pytest.mark.parametrize(("answers", "fields"), WRONG_ANSWERS.values(), ids=WRONG_ANSWERS)
def test_a_wrong_answer_is_refused_with_its_field(client: FlaskClient, answers: object, fields: list[str]) -> None:
    assert problems_of(client.post(CHECK, json={"answers": answers})) == fields


BODIES: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "answers"),
    "no JSON": (b"topics=money", "answers"),
    "half of it": (b'{"answers": {', "answers"),
    "bytes that are not UTF-8": (b'{"answers": {"age": "\xff"}}', "answers"),
    "a list": (b"[]", "answers"),
    "a text": (b'"answers"', "answers"),
    "null": (b"null", "answers"),
    "no answers": (b"{}", "answers"),
    "answers as a list": (b'{"answers": []}', "answers"),
    "answers of nothing": (b'{"answers": null}', "answers"),
    "another key": (b'{"answers": {}, "kommun": "lekeberg"}', "kommun"),
    "not a number": (b'{"answers": {"age": NaN}}', "age"),
    "infinity": (b'{"answers": {"age": Infinity}}', "age"),
    "a number of ten thousand digits": (b'{"answers": {"age": ' + b"9" * 10_000 + b"}}", "answers"),
    "brackets too deep to follow": (b'{"answers": ' + b"[" * 20_000, "answers"),
}


@pytest.mark.parametrize(("body", "field"), BODIES.values(), ids=BODIES)
def test_a_body_of_another_shape_is_refused_with_its_field(client: FlaskClient, body: bytes, field: str) -> None:
    assert problems_of(client.post(CHECK, data=body, content_type="application/json")) == [field]


@pytest.mark.parametrize("body", ['{"answers": {}, "\\ud800": 1}', '{"answers": {"\\ud800": 1}}'])
def test_half_a_letter_in_a_name_is_refused_and_breaks_nothing(client: FlaskClient, body: str) -> None:
    assert len(problems_of(client.post(CHECK, data=body, content_type="application/json"))) == 1


def test_a_long_name_is_not_sent_back_whole(client: FlaskClient) -> None:
    response = client.post(CHECK, json={"answers": {"x" * 50_000: 1}})
    (field,) = problems_of(response)
    assert field.startswith("x")
    assert len(response.data.rstrip()) < 1000  # what follows is only there to give every answer one size


def test_a_body_of_another_kind_is_refused_as_a_problem(client: FlaskClient) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        response = client.post(CHECK, data='{"answers": {}}', content_type=kind)
        assert response.status_code in (415, 422)
        assert response.mimetype == "application/problem+json"


@pytest.mark.parametrize("path", ["kommuner", "lekeberg/questions", "lekeberg/insatser", "lekeberg/insatser/cra"])
def test_an_unknown_language_is_refused_with_its_field(client: FlaskClient, path: str) -> None:
    assert problems_of(client.get(f"/api/v1/{path}?lang=xx")) == ["lang"]


def test_an_unknown_language_of_a_self_check_is_refused(client: FlaskClient) -> None:
    assert problems_of(client.post(f"{CHECK}?lang=xx", json={"answers": {}})) == ["lang"]


def test_a_problem_is_told_in_the_language_asked_for(client: FlaskClient) -> None:
    told = {
        lang: client.post(f"{CHECK}?lang={lang}", json={"answers": {"age": 200}}).get_json()["errors"][0]["detail"]
        for lang in LANGUAGES
    }
    # Easy Swedish may say the same as Swedish; no two others may.
    assert len(set(told.values())) == len({lang.partition("-simple")[0] for lang in LANGUAGES})
    assert all("120" in detail for detail in told.values())


@pytest.mark.parametrize("path", ["granby/questions", "lekeberg/insatser/no-such", "lekeberg/nowhere", "nowhere", ""])
def test_what_is_not_there_is_a_problem(client: FlaskClient, path: str) -> None:
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 404
    assert response.mimetype == "application/problem+json"
    assert response.get_json()["status"] == 404
    assert "Välj i listan" not in response.text


# -------------------------------------------------------------------------------------------------- groups


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_coming_groups_are_listed_with_the_places_left(client: FlaskClient, lang: str) -> None:
    told = shown(client.get(f"/api/v1/lekeberg/groups?lang={lang}"))
    assert (told["kommun"], told["lang"]) == ("lekeberg", lang)
    found = {group["id"]: group for group in told["groups"]}
    assert set(found) == {"many", "full", "shut", "offers", "lapsed", "apart", "named"}
    full = found["full"]
    assert (full["insats"], full["left"], full["waiting"], full["can_wait"]) == ("abc-3-12", 0, 1, True)
    assert (full["sample"], full["time_of_day"], full["languages"]) == (True, "evening", ["sv", "ti"])
    assert full["sessions"][0] == {
        "number": 1,
        "starts_at": "2027-01-12T16:30:00Z",
        "ends_at": "2027-01-12T19:00:00Z",
        "place": "Exempelgatan 1, Exempelstad",
        "cancelled": False,
    }
    assert full["url"] == f"{SITE}/{lang}/lekeberg/groups/full"
    assert client.get(full["url"]).status_code == 200
    assert full["contact"]["phone"] == "0585-487 00"
    assert found["apart"]["sessions"][0]["place"] is None


def test_the_groups_of_a_kommun_without_any_are_none(client: FlaskClient) -> None:
    assert client.get("/api/v1/granby/groups").status_code == 404
    assert [group["id"] for group in shown(client.get("/api/v1/mellerud/groups"))["groups"]] == ["mellerud"]
