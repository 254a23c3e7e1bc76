"""The description of the API: it says what the API does, no more and no less."""

import json
import re
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from schemathesis import Case, GenerationMode
from schemathesis.checks import CheckFunction, load_all_checks
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.apps import create_app
from tests.conftest import SITE, TUESDAY, settings

PATH = "/api/v1/openapi.json"

# The vocabulary that pages, conditions and other programs share: ids are added, never renamed or used anew.
VOCABULARY: dict[str, list[str]] = {
    "ageing": ["memory", "rehab", "home_help", "alarm", "stay_well", "housing", "respite"],
    "born_abroad": ["yes", "no"],
    "caring": ["substance", "crime", "mental", "dementia", "disability", "illness", "bereaved"],
    "crime": ["victim", "witness", "offender", "at_risk", "leave", "conflict"],
    "disability": [
        "lss",
        "intellectual",
        "neuropsychiatric",
        "psychiatric",
        "psychosis",
        "physical",
        "deaf",
        "daily_help",
        "days",
        "companion",
        "housing",
        "respite",
    ],
    "for": ["me", "child", "relative"],
    "guardian_consent": ["yes", "no"],
    "housing": ["tonight", "insecure", "cannot_live_at_home", "moving_to_support", "moving_to_own"],
    "money": ["no_food", "debts", "cannot_support", "needs_administration"],
    "parenting": [
        "everyday",
        "acting_out",
        "strong_feelings",
        "baby_bonding",
        "expecting",
        "first_child",
        "own_ill_health",
        "own_cognitive",
        "worry_risk",
        "placed",
        "police_interview",
        "coordination",
        "reported",
        "relief",
    ],
    "referral": ["yes", "no"],
    "residence": [
        "registered",
        "staying",
        "child_only",
        "relative_only",
        "child_elsewhere",
        "neighbour",
        "pupil",
        "elsewhere",
    ],
    "school": ["absence", "difficulties", "outside"],
    "separation": ["disagree", "both_want", "child_needs_support", "court_decision"],
    "substance": [
        "own",
        "close_adult",
        "close_youth",
        "alcohol",
        "drugs",
        "cannabis",
        "medicine",
        "gambling",
        "gaming",
        "tobacco",
    ],
    "topics": [
        "parenting",
        "separation",
        "couple",
        "violence",
        "substance",
        "wellbeing",
        "school",
        "crime",
        "money",
        "housing",
        "work",
        "caring",
        "disability",
        "ageing",
        "company",
        "new_in_sweden",
    ],
    "violence": [
        "not_safe_now",
        "victim",
        "perpetrator",
        "child_witnessed",
        "has_left",
        "sexual",
        "needs_shelter",
        "police_interview",
    ],
    "wellbeing": ["no_wish_to_live", "crisis", "grief", "mild", "lasting", "severe", "impulses", "relationships"],
    "work": ["unemployed", "far_from_work", "supported_job", "guidance", "holiday_job", "swedish"],
}
NUMBERS = {"age": (0, 120), "children": (0, 90), "babies": (0, 23), "helped_age": (0, 120)}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """Return the description as a program gets it, from a portal that says whom to ask."""
    app = create_app(settings(data_contact="data@example.se"), clock=lambda: TUESDAY)
    found: dict[str, Any] = app.test_client().get(PATH).get_json()
    return found


def test_it_is_openapi_three_point_one(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    assert document["info"]["title"] == "Insatsportalen"


def test_every_address_and_method_stands_in_it_and_no_other(app: Flask, document: dict[str, Any]) -> None:
    served = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule.removeprefix("/api/v1")), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    described = {(path, method) for path, operations in document["paths"].items() for method in operations}
    assert described == served


def answers(document: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of each answer by question."""
    found: dict[str, Any] = document["components"]["schemas"]["Request"]["properties"]["answers"]["properties"]
    return found


def test_the_answers_have_exactly_the_ids_of_the_vocabulary(document: dict[str, Any]) -> None:
    found: dict[str, list[str | None]] = {}
    for question, schema in answers(document).items():
        if question not in NUMBERS:
            found[question] = schema["enum"] if "enum" in schema else [*schema["anyOf"][0]["items"]["enum"], None]
    assert found == {question: [*options, None] for question, options in VOCABULARY.items()}


def test_the_numbers_have_the_limits_of_the_vocabulary(document: dict[str, Any]) -> None:
    for question, (low, high) in NUMBERS.items():
        number, nothing = answers(document)[question]["anyOf"]
        whole = number["items"] if number["type"] == "array" else number
        assert (whole["type"], whole["minimum"], whole["maximum"]) == ("integer", low, high)
        assert nothing == {"type": "null"}


def test_every_reference_leads_somewhere(app: Flask, document: dict[str, Any]) -> None:
    wanted = set(re.findall(r'"#/components/schemas/(\w+)"', app.test_client().get(PATH).text))
    assert wanted == set(document["components"]["schemas"])


def test_every_answer_has_an_example_that_its_schema_takes(document: dict[str, Any]) -> None:
    schemas, tried = document["components"]["schemas"], set()
    for operations in document["paths"].values():
        for operation in operations.values():
            assert operation["summary"]
            assert operation["description"]
            for told in (operation["responses"]["200"], operation.get("requestBody")):
                if told is None:
                    continue
                body = told["content"]["application/json"]
                name = body["schema"]["$ref"].rpartition("/")[2]
                whole = {**schemas[name], "components": {"schemas": schemas}}
                jsonschema_rs.validator_for(whole).validate(body["example"])
                tried.add(name)
    assert len(tried) == 10


def test_it_keeps_the_rules_of_the_profile_that_a_document_shows(document: dict[str, Any]) -> None:
    # Contact and licence (DOK.03), service level (DOK.08), limits (DOK.09), problems (FEL.01), names (UFN.09, AME.05).
    info = document["info"]
    assert set(info["contact"]) == {"name", "url", "email"}
    assert set(info["license"]) == {"name", "url"}
    assert info["x-sla"]
    assert info["x-limitations"]
    assert document["servers"] == [{"url": f"{SITE}/api/v1"}]
    assert set(document["components"]["schemas"]["Problem"]["required"]) == {
        "type", "title", "status", "detail", "instance",
    }  # fmt: skip
    assert not [path for path in document["paths"] if re.search("[A-Z_]", path)]
    assert not re.search(r'"[a-z]+[A-Z]\w*": \{"type"', json.dumps(document["components"]))


# -------------------------------------------------------------------------------- the API against its document


@pytest.fixture(scope="module")
def described(app: Flask) -> BaseSchema:
    """Return the API as its document describes it."""
    load_all_checks()
    return schemathesis.openapi.from_wsgi(PATH, app)


OPERATIONS = [
    ("get", "/api-info"),
    ("get", "/kommuner"),
    ("get", "/{kommun}/questions"),
    ("get", "/{kommun}/insatser"),
    ("get", "/{kommun}/insatser/{insats}"),
    ("get", "/{kommun}/changes"),
    ("get", "/{kommun}/groups"),
    ("post", "/{kommun}/self-check"),
    ("get", "/openapi.json"),
]

# A document cannot say that 15.0 is no whole number, nor which page is the last, and the API refuses both.
NOT_FOR_NUMBERS: list[CheckFunction] = [positive_data_acceptance]


def test_every_operation_is_tried(document: dict[str, Any]) -> None:
    assert {(method, path) for path, found in document["paths"].items() for method in found} == set(OPERATIONS)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=[path for _, path in OPERATIONS])
def test_the_api_keeps_to_its_document(described: BaseSchema, method: str, path: str, mode: GenerationMode) -> None:
    operation = described[path][method]
    asked = {parameter.name for parameter in operation.query}

    @hypothesis(
        max_examples=40, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def keeps_to_its_document(case: Case) -> None:
        # Compressed bytes are not JSON to this client.
        case.call_and_validate(
            headers={"Accept-Encoding": "identity"},
            excluded_checks=NOT_FOR_NUMBERS if method == "post" or "page" in asked else None,
        )

    keeps_to_its_document()
