"""The description of the HSDS addresses (OpenAPI 3.1): their own, for HSDS pages and names otherwise than our API."""

from typing import Any

JSON = dict[str, Any]

_NUMBER: JSON = {"type": "integer", "minimum": 0}
_FLAG: JSON = {"type": "boolean"}
_DOCS = "https://docs.openreferral.org/en/latest/hsds/"


def document(root: str, usual: int, most: int) -> JSON:
    """Return the whole description; `usual` and `most` are the records of a page."""
    paging = [
        _asked("page", {"type": "integer", "minimum": 1, "default": 1}, "Which page."),
        _asked(
            "per_page",
            {"type": "integer", "minimum": 1, "maximum": most, "default": usual},
            "How many records a page has.",
        ),
    ]
    uuid = {"type": "string", "format": "uuid"}
    filters = [
        _asked("organization_id", uuid, "Only the services of this organization."),
        _asked("taxonomy_term_id", uuid, "Only the services with this term."),
        _asked("modified_after", {"type": "string", "format": "date-time"}, "Only what changed then or later."),
    ]
    one = [{"name": "id", "in": "path", "required": True, "schema": uuid}]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Insatsportalen: Open Referral (HSDS)",
            "version": "3.1",
            "description": "What kommuner in Sweden offer, as services of HSDS 3.1, in Swedish. "
            "Limits: a page has at most " + str(most) + " records; an unknown parameter is an error.",
        },
        "externalDocs": {"url": _DOCS, "description": "The Human Services Data Specification"},
        "servers": [{"url": root}],
        "paths": {
            "/": {"get": _operation("about", "Which version this is", [], {"type": "object"})},
            "/services": {"get": _operation("listServices", "List services", [*paging, *filters], _page())},
            "/services/{id}": {"get": _operation("getService", "One service", one, {"type": "object"})},
            "/organizations": {"get": _operation("listOrganizations", "List kommuner", paging, _page())},
            "/organizations/{id}": {"get": _operation("getOrganization", "One kommun", one, {"type": "object"})},
        },
    }


def _asked(name: str, schema: JSON, description: str) -> JSON:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


def _operation(name: str, summary: str, parameters: list[JSON], schema: JSON) -> JSON:
    problem = {"description": "What is wrong, and where", "content": {"application/problem+json": {}}}
    answers = {
        "200": {"description": summary, "content": {"application/json": {"schema": schema}}},
        "404": problem,
        "422": problem,
    }
    return {"operationId": name, "summary": summary, "parameters": parameters, "responses": answers}


def _page() -> JSON:
    members = {
        "total_items": _NUMBER,
        "total_pages": _NUMBER,
        "page_number": _NUMBER,
        "size": _NUMBER,
        "first_page": _FLAG,
        "last_page": _FLAG,
        "empty": _FLAG,
        "contents": {"type": "array", "items": {"type": "object"}},
    }
    return {"type": "object", "required": list(members), "properties": members}
