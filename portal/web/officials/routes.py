"""For the kommun: its catalogue before the law, against SKR's list, and whom it reaches."""

from flask import Blueprint, Response, request

from portal.domain.catalogue.kommuner import Kommun
from portal.domain.officials.coverage import (
    Mapped,
    ages_by_topic,
    coverage,
    map_of,
    situations,
    unreached_situations,
)
from portal.domain.officials.law import examine
from portal.web.portal import catalogue, current_kommun, pages, skr_list

blueprint = Blueprint("officials", __name__)


@blueprint.get("")
def overview() -> Response:
    """Show what there is to look at."""
    return pages().page("officials/overview.html")


@blueprint.get("/law")
def law() -> Response:
    """List what is doubtful, for the nämnd to decide (errors never get this far: they stop the start)."""
    found = list(examine(current_kommun()))
    paragraphs = list(dict.fromkeys(finding.paragraph or "" for finding in found))
    by_paragraph = {paragraph: [one for one in found if (one.paragraph or "") == paragraph] for paragraph in paragraphs}
    return pages().page("officials/law.html", by_paragraph=by_paragraph, count=len(found))


@blueprint.get("/skr")
def skr() -> Response:
    """Show SKR's national list filled in, beside another kommun where one is chosen."""
    kommun, other = current_kommun(), _other()
    mapped = map_of(kommun, skr_list())
    beside = map_of(other, skr_list()) if other else {}
    counts = {status: _count(mapped, status) for status in ("direct", "assessed", "none")}
    return pages().page(
        "officials/skr.html", areas=skr_list().areas, mapped=mapped, other=other, beside=beside, counts=counts
    )


def _count(mapped: dict[str, Mapped], status: str) -> int:
    return sum(one.status == status for one in mapped.values())


@blueprint.get("/coverage")
def ages() -> Response:
    """Show which ages each topic reaches, beside another kommun where one is chosen."""
    kommun, other = current_kommun(), _other()
    found = situations(kommun, catalogue())
    return pages().page(
        "officials/coverage.html",
        reached=ages_by_topic(found),
        other=other,
        beside=coverage(other, catalogue()) if other else {},
        situations=unreached_situations(found),
    )


def _other() -> Kommun | None:
    return catalogue().find_kommun(request.args.get("with", ""))
