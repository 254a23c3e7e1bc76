"""What was deleted, when and by which rule. The log only grows, and tells nothing of who it was about."""

from flask import Response

from portal.domain.sentences import Sentence, sentence
from portal.domain.staff.roles import Deed
from portal.store.applications.deletions import list_deletions as deleted_in
from portal.store.staff.accounts import names_of
from portal.web.portal import application_rules, catalogue
from portal.web.staff.access import current_staff, for_deed, room
from portal.web.staff.pages import page, storage
from portal.web.staff.shown import moment

RULES: dict[str, Sentence] = {
    "draft": sentence("Utkast som ingen ändrade"),
    "exported": sentence("Ärendesystemet har den"),
}
"""Rules that no kind of application names; the others say what they are themselves."""


@room.get("/deletions")
@for_deed(Deed.READ_TRAIL)
def list_deletions() -> Response:
    """Show which applications were deleted in her kommun, or in every kommun of the portal."""
    kommun = current_staff().kommun
    kommuner = [kommun] if kommun is not None else list(catalogue().kommuner)
    found = sorted(
        (one for name in kommuner for one in deleted_in(storage(), name)), key=lambda one: one.at, reverse=True
    )
    rules = {name: rule.says for name, rule in application_rules().keeping.items()} | RULES
    return page(
        "deletions",
        found=found,
        rules=rules,
        kinds=application_rules().kinds,
        names=names_of(storage(), {one.by for one in found}),
        moment=moment,
    )
