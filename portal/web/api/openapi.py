"""The description of the API (OpenAPI 3.1), made from the question bank and the languages that are served."""

from collections.abc import Collection

from portal.domain.catalogue.whole import Catalogue
from portal.web.api.schemas import JSON, schemas


def document(catalogue: Catalogue, kinds: Collection[str], languages: list[str]) -> JSON:
    """Return the whole description."""
    lang = {
        "name": "lang",
        "in": "query",
        "description": "The language of the texts.",
        "schema": {"enum": languages, "default": "sv"},
    }
    kommun = {"name": "kommun", "in": "path", "required": True, "schema": {"enum": list(catalogue.kommuner)}}
    insats = {
        "name": "insats_id",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "pattern": "^[a-z0-9-]+$"},
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Insatsportalen",
            "version": "1",
            "description": "Which support in a kommun a person can contact directly. "
            "Nothing about a request is kept but its method, path, status and duration.",
        },
        "paths": {
            "/api/v1/kommuner": {"get": _operation("listKommuner", "List the kommuner", [lang], "Kommuner")},
            "/api/v1/{kommun}/questions": {
                "get": _operation("listQuestions", "List the questions", [kommun, lang], "Questions")
            },
            "/api/v1/{kommun}/insatser": {
                "get": _operation("listInsatser", "List every insats", [kommun, lang], "Insatser")
            },
            "/api/v1/{kommun}/insatser/{insats_id}": {
                "get": _operation("getInsats", "One insats", [kommun, insats, lang], "Insats")
            },
            "/api/v1/{kommun}/groups": {"get": _groups([kommun, lang])},
            "/api/v1/{kommun}/self-check": {"post": _self_check([kommun, lang])},
            "/api/v1/openapi.json": {"get": _operation("getDescription", "This description", [lang], "Description")},
        },
        "components": {"schemas": schemas(catalogue, kinds, languages)},
    }


def _operation(name: str, summary: str, parameters: list[JSON], schema: str) -> JSON:
    responses: JSON = {"200": {"description": summary, "content": _json(schema)}, "422": _PROBLEM}
    if any(parameter["in"] == "path" for parameter in parameters):
        responses["404"] = _PROBLEM
    return {"operationId": name, "summary": summary, "parameters": parameters, "responses": responses}


def _groups(parameters: list[JSON]) -> JSON:
    operation = _operation("listGroups", "List the coming groups that one can sign up for", parameters, "Groups")
    operation["responses"]["503"] = _PROBLEM
    return operation


def _self_check(parameters: list[JSON]) -> JSON:
    operation = _operation("selfCheck", "Which insatser fit the answers", parameters, "Result")
    operation["requestBody"] = {"required": True, "content": _json("Request")}
    operation["responses"]["413"] = _PROBLEM
    return operation


def _json(schema: str) -> JSON:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


_PROBLEM: JSON = {
    "description": "What is wrong, and in which field",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
