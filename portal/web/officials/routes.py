"""For the kommun: its catalogue before the law, against SKR's list, and whom it reaches."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, request

from portal.actions.officials.survey import public_answers_of
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.officials.coverage import ages_by_topic, coverage, situations, unreached_situations
from portal.domain.officials.law import examine
from portal.domain.officials.survey import STATUSES, Surveyed, progress, survey
from portal.store.database import DatabaseIsDown
from portal.web.portal import catalogue, current_kommun, current_language, pages, skr_list, this_root
from portal.web.storage import current_storage

blueprint = Blueprint("officials", __name__)

SILENCE = "silence"
"""A row that only the silence of the catalogue speaks of."""


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


@blueprint.get("/embed")
def embed() -> Response:
    """Give the web editor the lines that put the self-check into the kommun's own page, and links to begin with."""
    kommun, tag, root = current_kommun(), current_language().tag, this_root()
    topics = [topic for topic in catalogue().topics.values() if not topic.safety and topic.id in kommun.by_topic]
    return pages().page(
        "officials/embed.html",
        address=f"{root}embed/{tag}/{kommun.id}/self-check",
        origin=_origin(root),
        plain_address=lambda language: f"{root}{language}/{kommun.id}/self-check",
        topics=topics,
        lines=_LINES.format(address=f"{root}embed/{tag}/{kommun.id}/self-check", origin=_origin(root), name=_NAME),
    )


_NAME = "insatsportalen"
_LINES = """<iframe id="{name}" src="{address}" title="Insatsportalen" width="100%" height="900" \
style="border:0" referrerpolicy="no-referrer"></iframe>
<script>
addEventListener("message", (event) => {{
  const frame = document.getElementById("{name}"), told = event.data && event.data.{name};
  if (event.origin === "{origin}" && event.source === frame.contentWindow && told && told.height > 0) {{
    frame.style.height = `${{Math.min(told.height, 20000)}}px`;
  }}
}});
</script>"""
"""What a web editor pastes: the frame, and who listens for its height alone, from the portal alone."""


def _origin(root: str) -> str:
    parts = urlsplit(root)
    return f"{parts.scheme}://{parts.netloc}"


@blueprint.get("/skr")
def skr() -> Response:
    """Show SKR's national list filled in, beside another kommun where one is chosen."""
    kommun, other = current_kommun(), _other()
    surveyed = _surveyed(kommun)
    return pages().page(
        "officials/skr.html",
        skr=skr_list(),
        surveyed=surveyed,
        statuses=STATUSES,
        progress=progress(surveyed.values()),
        other=other,
        beside=_surveyed(other) if other else {},
        counts={status: sum(_told(one) == status for one in surveyed.values()) for status in (*STATUSES, SILENCE)},
    )


def _told(one: Surveyed) -> str:
    """Return what a row tells: that nobody named it is less than that there is none."""
    return SILENCE if one.is_silence else one.status


def _surveyed(kommun: Kommun) -> dict[str, Surveyed]:
    """Return every row with the kommun's own answers; while the database is down the catalogue speaks alone."""
    try:
        answers = public_answers_of(current_storage(), kommun.id)
    except DatabaseIsDown:
        answers = {}
    return survey(kommun, skr_list(), answers)


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
