"""What the portal knows, from its files: read strictly, refused where broken or unlawful (docs/catalogue.md)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from portal.domain.applications.kinds import UNITS
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.whole import Catalogue
from portal.domain.findings import ERROR, Finding
from portal.domain.knowledge import Knowledge
from portal.domain.officials.contradictions import contradictions
from portal.domain.officials.guidance import contradicting_guidance
from portal.domain.officials.law import examine
from portal.domain.officials.misfits import misfits
from portal.store.applications.rules import read_application_rules
from portal.store.catalogue.insatser import ID, Known
from portal.store.catalogue.kommuner import read_kommun
from portal.store.catalogue.shared import read_helplines, read_questions, read_topics, situation_names
from portal.store.catalogue.statutory import offer_ids, read_law
from portal.store.catalogue.words import read_words
from portal.store.officials.skr import read_skr
from portal.store.reading import DATA, Findings

PORTAL_WORDS = "messages"
"""The domain of the portal's own translations, which no kommun's may take."""


class BrokenCatalogue(Exception):
    """A catalogue that must not be shown: its findings name file, place, what is wrong and the paragraph."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(finding.line for finding in self.findings))


def load_catalogue(kommuner_in: Path = DATA, *, only: Iterable[str] = (), shared_in: Path = DATA) -> Catalogue:
    """Return the catalogue alone; raise BrokenCatalogue on any error in it or in what stands beside it."""
    return load_knowledge(kommuner_in, only=only, shared_in=shared_in).catalogue


def load_knowledge(kommuner_in: Path = DATA, *, only: Iterable[str] = (), shared_in: Path = DATA) -> Knowledge:
    """Return what the portal knows, with the kommuner of one folder; raise BrokenCatalogue on any error in it."""
    found, findings = read_knowledge(kommuner_in, only=only, shared_in=shared_in)
    errors = [finding for finding in findings if finding.severity == ERROR]
    if errors:
        raise BrokenCatalogue(errors)
    return found


@dataclass(frozen=True, slots=True)
class Loaded:
    """What may be shown, and what is wrong with the kommuner that are not in it as they are now."""

    knowledge: Knowledge
    findings: tuple[Finding, ...] = ()

    @property
    def broken(self) -> frozenset[str]:
        """Return the kommuner that those findings are about."""
        return frozenset(filter(None, map(_kommun_of, self.findings)))


def load_unbroken(
    kommuner_in: Path = DATA, *, only: Iterable[str] = (), shared_in: Path = DATA, before: Knowledge | None = None
) -> Loaded:
    """Return what the portal knows, each kommun that is broken as it was `before`, or left out: none stops another.

    Raise BrokenCatalogue where nothing can be shown: what all kommuner share is broken, or every kommun is; or a kommun
    is broken and what is shared has changed, on which the kommun as it was may not stand any more.
    """
    found, findings = read_knowledge(kommuner_in, only=only, shared_in=shared_in)
    errors = tuple(finding for finding in findings if finding.severity == ERROR)
    loaded = Loaded(found, errors)
    if not errors:
        return loaded
    every = found.catalogue.kommuner
    earlier: Mapping[str, Kommun] = {} if before is None else before.catalogue.kommuner
    good = {key: kommun for key, kommun in every.items() if key not in loaded.broken}
    kept = {key: earlier[key] for key in every if key in loaded.broken & earlier.keys()}
    is_shared = any(_kommun_of(finding) is None for finding in errors)
    stands = before is None or not kept or _with(found, {}) == _with(before, {})
    if is_shared or not stands or not (good or kept):
        raise BrokenCatalogue(errors)
    return Loaded(_with(found, {key: (good | kept)[key] for key in every if key in good or key in kept}), errors)


def _with(found: Knowledge, kommuner: Mapping[str, Kommun]) -> Knowledge:
    """Return the same with other kommuner."""
    catalogue, applications = (
        replace(found.catalogue, kommuner=kommuner),
        replace(found.applications, kommuner=kommuner),
    )
    return replace(found, catalogue=catalogue, applications=applications)


def _kommun_of(finding: Finding) -> str | None:
    """Return the kommun whose own files a finding is about; None where it is what all share."""
    folder, _, rest = finding.file.partition("/")
    return rest.partition("/")[0] if folder == "kommuner" and "/" in rest else None


def read_knowledge(
    kommuner_in: Path = DATA, *, only: Iterable[str] = (), shared_in: Path = DATA
) -> tuple[Knowledge, tuple[Finding, ...]]:
    """Return what could be read of the files, and everything that is wrong or doubtful in them."""
    kommuner_in = kommuner_in.resolve()  # a link that is turned meanwhile would give half of each folder
    findings = Findings()
    topics = read_topics(shared_in, findings)
    questions = read_questions(shared_in, topics, findings)
    rules = read_application_rules(shared_in, topics, findings)
    helplines, leave_to, checked_on = read_helplines(shared_in, topics, questions, findings)
    words = read_words(shared_in, topics, questions, findings)
    skr = read_skr(shared_in, findings)
    known = Known(
        situation_names(questions), topics, rules.kinds, tuple(UNITS), offer_ids(shared_in, findings), skr.rows
    )
    law = read_law(shared_in, known, findings)
    folders = _kommun_folders(kommuner_in, tuple(only), findings)
    kommuner = {folder.name: read_kommun(folder, known, law, findings) for folder in folders}
    by_law = (*law.offers, *law.assessed)
    catalogue = Catalogue(questions, topics, helplines, kommuner, leave_to, by_law, words, checked_on)
    found = Knowledge(catalogue, rules.of(kommuner), skr)
    examined = (
        one
        for kommun in kommuner.values()
        for one in (
            *examine(kommun),
            *contradictions(kommun),
            *contradicting_guidance(kommun),
            *misfits(kommun, questions),
        )
    )
    return found, (*findings.found, *(one for one in examined if not findings.follows(one.file)))


def _kommun_folders(kommuner_in: Path, only: tuple[str, ...], findings: Findings) -> list[Path]:
    root = kommuner_in / "kommuner"
    if not root.is_dir():
        findings.add(str(root), "", "the folder is missing")
        return []
    folders = sorted(path for path in root.iterdir() if path.is_dir())
    for folder in folders:
        if not ID.fullmatch(folder.name) or folder.name == PORTAL_WORDS:
            findings.add(f"kommuner/{folder.name}", "", "the name must be an id such as lekeberg")
    for wanted in only:
        if wanted not in {folder.name for folder in folders}:
            findings.add(str(root), wanted, "there is no such kommun")
    return [folder for folder in folders if not only or folder.name in only]
