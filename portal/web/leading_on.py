"""Addresses as people type them: another case, å for a, a slash too many, no language. They lead to the page."""

from urllib.parse import quote

from flask import current_app, g, redirect, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from portal.domain.catalogue.places import names_of
from portal.domain.folding import folded
from portal.web.portal import catalogue, current_language, pages
from portal.web.voices.negotiating import codes

_OTHERS = ("api", "embed", "staff", "static", "identify")
"""How the addresses begin that have no language."""


def lead_on() -> Response | None:
    """Return the way to the page that an address without a page means, or None where it means none."""
    if request.method not in ("GET", "HEAD"):
        return None
    better, is_for_all = _meant([part for part in request.path.split("/") if part])
    if better is None or better == request.path or not _is_page(better):
        return None
    asked = request.query_string.decode("latin-1")
    address = f"{request.script_root}{quote(better)}" + (f"?{asked}" if asked else "")
    answer = redirect(address, 308 if is_for_all else 302)
    answer.headers["Vary"] = "Accept-Language"
    return answer


def _meant(parts: list[str]) -> tuple[str | None, bool]:
    """Return the address that these parts of a path mean, and whether it is the same for every reader."""
    if not parts or parts[0] in _OTHERS:
        return None, False
    language = codes(pages().portal.languages).get(parts[0].lower())
    # The address may have set another language on the way to nowhere: the reader's own counts.
    tag = language.tag if language is not None else _of_the_reader()
    rest = parts if language is None else parts[1:]
    kommun_id = _find_kommun(rest[0]) if rest else None
    if kommun_id is None:
        return (f"/{tag}/" if language is not None and not rest else None), True
    return "/".join(("", tag, kommun_id, *rest[1:])) + ("" if rest[1:] else "/"), language is not None


def _of_the_reader() -> str:
    g.pop("language", None)
    return current_language().tag


def _find_kommun(typed: str) -> str | None:
    """Return the only kommun whose id, name or postal town it is."""
    wanted = folded(typed.replace("-", " ").replace("_", " "))
    kommuner = catalogue().kommuner
    known = {one.id: {one.id, *names_of(one, kommuner.values())} for one in kommuner.values()}
    found = [kommun_id for kommun_id, names in known.items() if wanted in names]
    return found[0] if len(found) == 1 else None


def _is_page(path: str) -> bool:
    try:
        current_app.create_url_adapter(request).match(path, method="GET")  # type: ignore[union-attr]
    except HTTPException:
        return False
    return True
