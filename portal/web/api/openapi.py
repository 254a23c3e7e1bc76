"""The description of the API (OpenAPI 3.1), as Digg's REST API-profil wants it; made of the catalogue served."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from portal.domain.catalogue.insatser import ROUTES
from portal.domain.catalogue.whole import Catalogue
from portal.domain.groups.planning import TIMES_OF_DAY
from portal.web.api.schemas import schemas
from portal.web.api.views import VERSION

JSON = dict[str, Any]

_ABOUT = (
    "Vilket stöd i en kommun man kan kontakta direkt, och vilket man ansöker om. "
    "Which support in a kommun a person can contact directly, and which she applies for. "
    "Nothing about a request is kept but its method, path, status and duration. "
    "Known limits: translations that nobody has reviewed are given like others; `left` of a group may be taken before "
    "a sign-up arrives; `updated_at` is when a file came to this installation, and says nothing of edited contacts."
)
_SERVICE_LEVEL = (
    "No availability is promised. No key is needed. Lists and descriptions may be kept for 60 seconds and asked for "
    "again by their ETag. A new version gets a new address; v1 gains members and loses none."
)
_LIMITS = "A request has at most 65,536 bytes; a page of a list at most {most} items; an unknown parameter is an error."


@dataclass(frozen=True)
class Known:
    """What the schemas are made of."""

    catalogue: Catalogue
    kinds: Collection[str]
    languages: list[str]


@dataclass(frozen=True)
class Served:
    """Where the API is (with a slash at its end), under which licence its data are, and whom to ask."""

    root: str
    licence: str
    email: str


def document(known: Known, served: Served, examples: JSON, most: int) -> JSON:
    """Return the whole description; `most` is how many items a page of a list has at most."""
    return {
        "openapi": "3.1.0",
        "info": _info(served, most),
        "externalDocs": {"url": f"{served.root}dcat.ttl", "description": "All open data of this portal (DCAT-AP-SE)"},
        "servers": [{"url": f"{served.root}api/v1"}],
        "paths": _paths(known, examples, most),
        "components": {"schemas": schemas(known.catalogue, known.kinds, known.languages)},
    }


def _info(served: Served, most: int) -> JSON:
    contact = {"name": "Insatsportalen", "url": served.root}
    return {
        "title": "Insatsportalen",
        "version": VERSION,
        "description": _ABOUT,
        "contact": {**contact, "email": served.email} if served.email else contact,
        "license": {"name": _licence_name(served.licence), "url": served.licence},
        "x-sla": _SERVICE_LEVEL,
        "x-limitations": _LIMITS.format(most=most),
    }


def _licence_name(address: str) -> str:
    return "CC0 1.0" if "zero" in address else "CC BY 4.0"


def _paths(known: Known, examples: JSON, most: int) -> JSON:
    catalogue = known.catalogue
    lang = _asked("lang", {"enum": known.languages, "default": "sv"}, "The language of the texts.")
    kommun = {"name": "kommun", "in": "path", "required": True, "schema": {"enum": list(catalogue.kommuner)}}
    text = {"type": "string", "pattern": "^[a-z0-9-]+$"}
    insats = {"name": "insats", "in": "path", "required": True, "schema": text}
    paging = [
        _asked("page", {"type": "integer", "minimum": 1, "default": 1}, "Which page of the list."),
        _asked("limit", {"type": "integer", "minimum": 1, "maximum": most, "default": most}, "Items of a page."),
    ]
    filters = [
        _asked("topic", {"enum": list(catalogue.topics)}, "Only what is about this."),
        _asked("route", {"enum": list(ROUTES)}, "Only what is reached this way: direct, or assessed first."),
        _asked("age", {"type": "integer", "minimum": 0, "maximum": 120}, "Only what somebody of this age can get."),
    ]
    filters.append(
        _asked(
            "since",
            {"type": "string", "format": "date-time", "example": "2026-11-30T12:00:00Z"},
            "Only what came to this installation then or later; what is gone is missing in the whole list.",
        )
    )
    wanted = [
        _asked("insats", text, "Only groups of this insats."),
        _asked("language", {"type": "string"}, "Only groups in which this language is spoken."),
        _asked("time_of_day", {"enum": list(TIMES_OF_DAY)}, "Only groups by day, or in the evening."),
    ]

    def get(name: str, summary: str, more: str, parameters: list[JSON], schema: str) -> JSON:
        return {"get": _operation(name, summary, more, parameters, schema, examples)}

    groups = get("listGroups", "List groups", _GROUPS, [kommun, lang, *paging, *wanted], "Groups")
    changes = get("listChanges", "What has changed", _CHANGES, [kommun, lang, *paging, _SINCE], "Changes")
    for from_the_database in (groups, changes):
        from_the_database["get"]["responses"]["503"] = _PROBLEM
    return {
        "/api-info": get("apiInfo", "About this API", "Name, version and status.", [lang], "ApiInfo"),
        "/kommuner": get("listKommuner", "List the kommuner", "And the languages.", [lang], "Kommuner"),
        "/{kommun}/questions": get("listQuestions", "List the questions", _QUESTIONS, [kommun, lang], "Questions"),
        "/{kommun}/insatser": get(
            "listInsatser", "List insatser", _INSATSER, [kommun, lang, *paging, *filters], "Insatser"
        ),
        "/{kommun}/insatser/{insats}": get("getInsats", "One insats", _INSATS, [kommun, insats, lang], "Insats"),
        "/{kommun}/changes": changes,
        "/{kommun}/groups": groups,
        "/{kommun}/self-check": {"post": _self_check([kommun, lang], examples)},
        "/openapi.json": get("getDescription", "This description", "OpenAPI 3.1.", [lang], "Description"),
    }


_QUESTIONS = "The questions of the self-check with the options that this kommun tells apart; ids are for ever."
_INSATSER = "What the kommun offers, in its own order, page by page; the address of the next page stands in Link."
_INSATS = "Everything that the page of an insats says, with its conditions as data."
_CHANGES = (
    "Insatser and contacts that were added, changed or removed: in the catalogue, or by the kommun's editors, who tell "
    "numbers, hours and days that a unit is closed. Seen within a minute or so. Ask next time with `until` as `since`; "
    "what happened at that very moment comes once more. Without `since` all that stands is listed as added."
)
_GROUPS = "The coming groups that one can sign up for, with the places left at this moment; hours are in UTC."
_CHECK = "Sorts what the kommun offers by the answers, and names the question that can still move most. Keeps nothing."


_SINCE: JSON = {
    "name": "since",
    "in": "query",
    "description": "Only what happened then or later.",
    "schema": {"type": "string", "format": "date-time", "example": "2026-11-30T12:00:00Z"},
}


def _asked(name: str, schema: JSON, description: str) -> JSON:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _operation(name: str, summary: str, more: str, parameters: list[JSON], schema: str, examples: JSON) -> JSON:
    responses: JSON = {
        "200": {"description": summary, "content": _json(schema, examples)},
        "422": _PROBLEM,
    }
    if name != "selfCheck":
        responses["304"] = {"description": "Nothing has changed since the ETag that was sent"}
        responses["404"] = _PROBLEM
    if any(parameter["in"] == "path" for parameter in parameters):
        responses["404"] = _PROBLEM
    told = {"operationId": name, "summary": summary, "description": more}
    return {**told, "parameters": parameters, "responses": responses}


def _self_check(parameters: list[JSON], examples: JSON) -> JSON:
    operation = _operation("selfCheck", "Which insatser fit the answers", _CHECK, parameters, "Result", examples)
    operation["requestBody"] = {"required": True, "content": _json("Request", examples)}
    operation["responses"]["413"] = _PROBLEM
    return operation


def _json(schema: str, examples: JSON) -> JSON:
    found = {"schema": {"$ref": f"#/components/schemas/{schema}"}, "example": examples[schema]}
    return {"application/json": found}


_PROBLEM: JSON = {
    "description": "What is wrong, and in which field",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
