"""What pages say to search engines: schema.org's own words, and nothing that could leave its block."""

import json
import re
from typing import Any

import pytest
from flask import Flask

from portal.web.shown.structured import block
from tests.conftest import SITE
from tests.pages import Visitor

# The words of schema.org 30.0 that we use, and where they belong; `make conform` asks the whole vocabulary.
KNOWN = {
    "GovernmentService": {
        "name", "description", "url", "provider", "areaServed", "audience", "availableChannel", "offers",
    },
    "GovernmentOrganization": {"name"},
    "AdministrativeArea": {"name"},
    "Audience": {"audienceType"},
    "Offer": {"price", "priceCurrency"},
    "ServiceChannel": {"servicePhone", "serviceUrl"},
    "ContactPoint": {"name", "telephone", "hoursAvailable"},
    "OpeningHoursSpecification": {"dayOfWeek", "opens", "closes"},
    "EducationEvent": {
        "name", "description", "url", "startDate", "endDate", "eventStatus", "eventAttendanceMode", "location",
        "organizer", "inLanguage", "maximumAttendeeCapacity", "subEvent",
    },
    "Event": {"name", "startDate", "endDate", "eventStatus", "location"},
    "Place": {"name", "address"},
    "VirtualLocation": {"url"},
}  # fmt: skip


def told(visitor: Visitor, path: str) -> dict[str, Any]:
    """Return what a page says, held to the words we know."""
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', visitor.get(path).response.text)
    assert len(blocks) == 1
    found: dict[str, Any] = json.loads(blocks[0])
    assert found.pop("@context") == "https://schema.org"
    hold(found)
    return found


def hold(node: Any) -> None:
    """Hold a node and all within it to the words that belong to it."""
    for one in node if isinstance(node, list) else [node]:
        if isinstance(one, dict):
            assert set(one) - {"@type"} <= KNOWN[one["@type"]]
            for value in one.values():
                hold(value)


@pytest.mark.parametrize("lang", ["sv", "ar", "ti"])
def test_an_insats_is_a_service_of_its_kommun(visitor: Visitor, lang: str) -> None:
    found = told(visitor, f"/{lang}/lekeberg/insatser/abc-3-12")
    assert (found["@type"], found["url"]) == ("GovernmentService", f"{SITE}/{lang}/lekeberg/insatser/abc-3-12")
    assert found["provider"]["name"] == "Lekebergs kommun"
    assert found["availableChannel"]["servicePhone"]["hoursAvailable"][0]["dayOfWeek"] == "Monday"
    assert "offers" not in found  # nobody has said that it is free


def test_a_group_is_an_event_with_its_meetings(visitor: Visitor) -> None:
    found = told(visitor, "/sv/lekeberg/groups/many")
    assert found["@type"] == "EducationEvent"
    assert found["startDate"] < found["endDate"]
    assert [one["startDate"] for one in found["subEvent"]] == sorted(one["startDate"] for one in found["subEvent"])
    assert found["location"]["name"]


def test_nothing_in_a_block_can_end_it(app: Flask) -> None:
    with app.test_request_context():
        made = str(block({"name": "</script><script>alert(1)</script>&"}))
    assert made.count("<") == 2
    inside = made.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert json.loads(inside)["name"] == "</script><script>alert(1)</script>&"
