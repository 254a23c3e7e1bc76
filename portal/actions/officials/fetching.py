"""Taking the catalogue of a kommun from the Plone that its editors live in: whole and lawful, or not at all.

Only what is published is asked for, as anybody may: the portal has no account there. Nothing here runs while a page is
made; where Plone is down the folder from before serves on.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from urllib.parse import urlencode, urlsplit

import requests

from portal.domain.findings import ERROR, Finding
from portal.domain.knowledge import Knowledge
from portal.store.catalogue.plone import UnreadableAnswer, Written, kommun_file, written_of
from portal.store.catalogue.swapping import NoLink, turn, version_beside
from portal.store.loading import read_knowledge
from portal.store.officials.lives import prove_lives

BATCH = 100
MOST_PAGES = 2_000
MOST_BYTES = 8_000_000
"""Of one answer; a hundred insatser of Lekeberg have four hundred thousand."""

SILENCE = 10.0
LONGEST = 60.0
"""Seconds that Plone may say nothing, and that one answer may take, however it drips."""

FEWER = 5
"""Where more than one in so many insatser is gone, somebody has to say that this is meant."""


class NotFetched(Exception):
    """Nothing was taken; says in a sentence why. `findings` are the errors of a catalogue that was read whole."""

    def __init__(self, says: str, findings: tuple[Finding, ...] = ()) -> None:
        self.findings = findings
        super().__init__(says)


@dataclass(frozen=True, slots=True)
class Site:
    """A Plone, the kommun that it writes for, its first language, and how many seconds it is waited for."""

    address: str
    kommun: str
    language: str = "sv"
    silence: float = SILENCE
    longest: float = LONGEST

    def __post_init__(self) -> None:
        """Refuse an address that could be read, or answered, by somebody on the way."""
        if not _is_site(self.address):
            raise NotFetched(f"{self.address} must be the https:// address of a Plone site")


def _is_site(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    is_here = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1")
    is_whole = bool(parts.hostname) and not (parts.query or parts.fragment or parts.username)
    return is_whole and (parts.scheme == "https" or is_here)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was read: the portal's knowledge before and with it, which files are otherwise, and whether it was taken."""

    before: Knowledge
    after: Knowledge
    changes: tuple[str, ...]
    is_taken: bool


def fetch(site: Site, link: Path, base: Path, *, fewer: bool = False, take: bool = True) -> Fetched:
    """Read what a kommun has published, check it, and let the link lead to it; raise NotFetched.

    base: the folder that all else is taken from (kommun.yaml, lives, other kommuner). fewer: many insatser may be gone.
    """
    before, _ = read_knowledge(base)
    kommun = before.catalogue.find_kommun(site.kommun)
    if kommun is None:
        raise NotFetched(f"{base} has no kommun {site.kommun!r}")
    try:
        written = written_of(_published(site, "insats"), _published(site, "contact"))
        folder = Path("kommuner", site.kommun)
        own = sum(insats.by_law is None for insats in kommun.insatser.values())
        if not fewer and len(written.insatser) * FEWER < own * (FEWER - 1):
            raise NotFetched(
                f"Plone has {len(written.insatser)} insatser where there are {own}: with --fewer it is taken so"
            )
        files = _files(folder, written, (base / folder / "kommun.yaml").read_text(encoding="utf-8"))
        with version_beside(link, base, files, str(folder / "insatser")) as made:
            after = _checked(made)
            changes = tuple(_changes(base / folder, made / folder))
            is_taken = take and turn(link, made)
    except (UnreadableAnswer, NoLink, OSError) as error:
        raise NotFetched(str(error)) from None
    except (ValueError, RecursionError) as error:  # half a letter, or a list in a list in a list
        raise NotFetched(f"Plone has published what cannot be written in a file ({type(error).__name__})") from None
    return Fetched(before, after, changes, is_taken)


def mark_of(site: Site) -> str:
    """Return what is another text as soon as something is published, changed or withdrawn; a cheap question."""
    newest = {"sort_on": "modified", "sort_order": "descending", "b_size": "1", "metadata_fields": "modified"}
    marks = []
    for kind in ("insats", "contact"):
        answer = _search(site, kind, newest)
        marks.append([answer.get("items_total"), answer.get("items")])
    return json.dumps(marks)


def _files(folder: Path, written: Written, kommun_yaml: str) -> Mapping[str, str]:
    files = {str(folder / "insatser" / f"{key}.yaml"): text for key, text in written.insatser.items()}
    return files | {str(folder / "kommun.yaml"): kommun_file(kommun_yaml, written.contacts)}


def _checked(made: Path) -> Knowledge:
    """Return what a folder says; raise NotFetched with each error in it, as `portal catalogue check` finds them."""
    found, findings = read_knowledge(made)
    errors = tuple(one for one in (*findings, *prove_lives(made, found.catalogue)[1]) if one.severity == ERROR)
    if errors:
        raise NotFetched("what Plone has published is not whole and lawful", errors)
    return found


def _changes(before: Path, after: Path) -> Iterator[str]:
    """Yield a line for each file that is new, gone or otherwise."""
    old, new = (
        {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.yaml")}
        for folder in (before, after)
    )
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            sign = "+" if name not in old else "-" if name not in new else "~"
            yield f"{sign} {name}"


# ------------------------------------------------------------------------------------------------------- asking Plone


def _published(site: Site, kind: str) -> list[object]:
    """Return every published object of a kind; raise NotFetched where Plone gives fewer than it says that it has."""
    found: list[object] = []
    total = None
    while total is None or len(found) < total:
        asked = {"fullobjects": "1", "sort_on": "id", "b_size": str(BATCH), "b_start": str(len(found))}
        answer = _search(site, kind, asked)
        items, says = answer.get("items"), answer.get("items_total")
        if not isinstance(items, list) or not isinstance(says, int) or not 0 <= says <= MOST_PAGES:
            raise NotFetched(f"Plone does not say how many of {kind} it has, as plone.restapi does")
        if total not in (None, says):
            raise NotFetched(f"Plone's {kind} changed while they were read ({total}, then {says}): the next time")
        total = says
        if len(items) != min(BATCH, total - len(found)):
            raise NotFetched(f"Plone says it has {total} of {kind}, and gives {len(found) + len(items)}")
        found += items
    return found


def _search(site: Site, kind: str, asked: Mapping[str, str]) -> dict[str, object]:
    fixed = {"portal_type": kind, "review_state": "published", "Language": site.language}
    address = f"{site.address.rstrip('/')}/@search?{urlencode(fixed | dict(asked))}"
    try:
        found = json.loads(_body(address, site))
    except requests.RequestException as error:
        raise NotFetched(f"Plone does not answer: {type(error).__name__}") from None
    except (ValueError, RecursionError):
        raise NotFetched("Plone answers what is no JSON") from None
    if not isinstance(found, dict):
        raise NotFetched("Plone answers JSON of another shape than plone.restapi's")
    return found


def _body(address: str, site: Site) -> bytes:
    """Return what an address answers, where it is JSON and not too much; a redirect is not followed."""
    ends = monotonic() + site.longest
    headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
    with (
        requests.Session() as session,
        session.get(address, headers=headers, stream=True, timeout=site.silence, allow_redirects=False) as answer,
    ):
        kind = answer.headers.get("Content-Type", "").partition(";")[0].strip()
        if answer.status_code != 200:
            raise NotFetched(f"Plone answers {answer.status_code}{_MEANS.get(answer.status_code, '')}")
        if kind != "application/json" or "Content-Encoding" in answer.headers:
            raise NotFetched(f"Plone answers {kind or 'nothing that has a kind'}, and not plain JSON")
        body = b""
        for part in answer.iter_content(65_536):
            body += part
            if len(body) > MOST_BYTES:
                raise NotFetched(f"Plone answers more than {MOST_BYTES:,} bytes")
            if monotonic() > ends:
                raise NotFetched(f"Plone has not ended its answer after {site.longest:g} seconds")
        return body


_MEANS = {
    301: ": it leads elsewhere, and is not followed",
    302: ": it leads elsewhere, and is not followed",
    307: ": it leads elsewhere, and is not followed",
    308: ": it leads elsewhere, and is not followed",
    401: ": the add-on's profile lets anybody read what is published; is it installed?",
    404: ": is this the address of the site itself?",
}
