"""The portal's commands: checking catalogues and translations (shared/interface.md lists what stays stable)."""

import csv
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from portal.domain.catalogue import Catalogue, Kommun
from portal.domain.coverage import DIRECT, NOTHING, POPULATION, coverage, effect, map_of, unreached_situations
from portal.domain.law import ERROR
from portal.domain.reviews import Truth
from portal.store.catalogue import DATA, BrokenCatalogue, load_catalogue, read_catalogue
from portal.store.extraction import domains
from portal.store.glossary import load_terms
from portal.store.languages import TRANSLATIONS, BrokenLanguages, load_languages
from portal.store.po import BrokenTranslations, read
from portal.store.texts import compile_all
from portal.store.translations import (
    missing,
    note_review,
    po_path,
    truth_of,
    update,
    write_templates,
    wrong,
)


@click.group()
def main() -> None:
    """Insatsportalen."""


@main.group()
def catalogue() -> None:
    """The catalogues of the kommuner."""


@catalogue.command()
@click.argument("folder", type=click.Path(path_type=Path), default=DATA, metavar="[DIR]")
@click.option("--warnings", is_flag=True, help="Also list what is doubtful, for the nämnd to decide.")
def check(folder: Path, warnings: bool) -> None:
    """Check that every catalogue in DIR (which holds kommuner/) is whole and lawful."""
    _, findings = read_catalogue(folder)
    errors = [finding for finding in findings if finding.severity == ERROR]
    for finding in findings if warnings else errors:
        click.echo(finding.line)
    if errors:
        raise SystemExit(1)
    click.echo("Every catalogue is whole and lawful.")


def _loaded(folder: Path = DATA) -> Catalogue:
    try:
        return load_catalogue(folder)
    except BrokenCatalogue as broken:
        click.echo(str(broken))
        raise SystemExit(1) from None


def _kommun(found: Catalogue, kommun_id: str) -> Kommun:
    kommun = found.find_kommun(kommun_id)
    if kommun is None:
        raise click.BadParameter(f"there is no kommun {kommun_id!r}; there are: {', '.join(found.kommuner)}")
    return kommun


@catalogue.command("map")
@click.option("--kommun", "kommun_id", required=True)
@click.option("--format", "shape", type=click.Choice(["text", "csv"]), default="text")
def show_map(kommun_id: str, shape: str) -> None:
    """Show SKR's list with what the kommun offers: none, direct, assessed."""
    found = _loaded()
    mapped = map_of(_kommun(found, kommun_id), found.skr)
    writer = csv.writer(sys.stdout)
    if shape == "csv":
        writer.writerow(("area", "section", "group", "id", "name", "status", "insatser"))
    for area, section, group, row in found.skr.places():
        one = mapped[row.id]
        insatser = " ".join(insats.id for insats in one.insatser)
        if shape == "csv":
            writer.writerow((area.name, section.name, group.name, row.id, row.name, one.status, insatser))
        else:
            click.echo(f"{one.status:9}{row.name} [{area.name} / {section.name} / {group.name}] {insatser}".rstrip())


@catalogue.command("coverage")
@click.option("--kommun", "kommun_id", required=True)
def show_coverage(kommun_id: str) -> None:
    """Show the ages and situations that no insats reaches."""
    found = _loaded()
    kommun = _kommun(found, kommun_id)
    for topic, runs in coverage(kommun, found).items():
        for run in runs:
            if run.status != DIRECT:
                click.echo(
                    f"{topic}: {run.first}–{run.last} years: {'nothing' if run.status == NOTHING else run.status}"
                )
    for topic, options in unreached_situations(kommun, found).items():
        click.echo(f"{topic}: no insats for: {', '.join(options)}")


@catalogue.command("effect")
@click.argument("old", type=click.Path(exists=True, path_type=Path))
@click.argument("new", type=click.Path(exists=True, path_type=Path))
@click.option("--kommun", "only", multiple=True, help="Only these kommuner.")
@click.option("--size", default=POPULATION, show_default=True, help="Residents of the fixed population.")
def show_effect(old: Path, new: Path, only: tuple[str, ...], size: int) -> None:
    """Show which residents gain or lose which insatser between two versions (OLD and NEW hold kommuner/)."""
    before, after = _loaded(old), _loaded(new)
    known = sorted({*before.kommuner, *after.kommuner})
    for kommun_id in only:
        if kommun_id not in known:
            raise click.BadParameter(f"there is no kommun {kommun_id!r}; there are: {', '.join(known)}")
    for kommun_id in only or known:
        click.echo(f"{kommun_id}: comparing {size} residents …", err=True)
        found = effect(before, after, kommun_id, size)
        for sign, counted in (("+", found.gained), ("-", found.lost)):
            for (name, insats_id), number in sorted(counted.items()):
                click.echo(f"{kommun_id}: {sign}{number} of {size} residents: {insats_id} in {name}")
        for question in found.appeared:
            click.echo(f"{kommun_id}: new question: {question}, asked of {found.asked_after[question]} of {size}")
        for question in found.vanished:
            click.echo(f"{kommun_id}: question gone: {question}, was asked of {found.asked_before[question]} of {size}")
        if not (found.gained or found.lost or found.appeared or found.vanished):
            click.echo(f"{kommun_id}: nobody gains or loses anything")


class _Told(click.Group):
    """Tells what is wrong with a file as a line, not as a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; end with 1 where a file of languages or translations cannot be used."""
        try:
            return super().invoke(ctx)
        except (BrokenLanguages, BrokenTranslations) as broken:
            click.echo(str(broken))
            raise SystemExit(1) from None


@main.group(cls=_Told)
def translations() -> None:
    """The portal in other languages."""


@translations.command("check")
def check_translations() -> None:
    """Check coverage, gaps, plural forms, scripts and terms of every language and domain."""
    found, terms = _loaded(), load_terms()
    faults = 0
    for language in load_languages().values():
        for domain in domains(found):
            for text in missing(found, language, domain):
                click.echo(f"{language.tag}: {domain}: not translated: {text}")
                faults += 1
            for text, says in wrong(language, domain, terms.get(language.tag, ())):
                click.echo(f"{language.tag}: {domain}: {says}: {text}")
                faults += 1
    _echo_truths(found)
    if faults:
        click.echo(f"{faults} texts want a translator.")
        raise SystemExit(1)
    click.echo("Every text is translated and keeps the rules of its language.")


@translations.command("status")
def show_status() -> None:
    """Show how many texts of each language and domain are written, translated, reviewed, stale or missing."""
    _echo_truths(_loaded())


def _echo_truths(found: Catalogue) -> None:
    for language in load_languages().values():
        if language.is_source:
            continue
        for domain in domains(found):
            path = po_path(TRANSLATIONS, language, domain)
            truth = truth_of(read(path, language.babel), language) if path.exists() else Truth()
            counts = ", ".join(f"{number} {state}" for state, number in truth.counts if number)
            by = f" (by {', '.join(truth.reviewed_by)}, last {truth.reviewed_on})" if truth.reviewed_by else ""
            click.echo(f"{language.tag}: {domain}: {counts or 'no file'}{by}")


@translations.command("extract")
def extract_translations() -> None:
    """Write the templates: every Swedish text with where it stands."""
    for path in write_templates(_loaded()):
        click.echo(path.name)


@translations.command("update")
def update_translations() -> None:
    """Write the templates, and bring every language's files up to the Swedish texts."""
    for path in update(_loaded(), load_languages().values()):
        click.echo(path.name if path.suffix == ".pot" else f"{path.parts[-3]}/{path.name}")


@translations.command("review")
@click.argument("tag")
@click.argument("domain")
@click.option("--by", required=True, help="Who has read the texts: a name or a role.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day, such as 2026-11-25.")
@click.option("--only", multiple=True, help="Only texts with this word, Swedish or translated.")
def review_translations(tag: str, domain: str, by: str, on: datetime, only: tuple[str, ...]) -> None:
    """Note that somebody has read translations beside the Swedish and found them right."""
    language = load_languages().get(tag)
    if language is None or language.is_source:
        raise click.BadParameter(f"there is no translated language {tag!r}", param_hint="TAG")
    path = po_path(TRANSLATIONS, language, domain)
    if not path.exists():
        raise click.BadParameter(f"there is no domain {domain!r} in {tag}", param_hint="DOMAIN")
    who = " ".join(by.split())
    if not who:
        raise click.BadParameter("a name or a role is needed", param_hint="--by")
    click.echo(f"{note_review(path, language, who, on.date(), only)} texts are noted as reviewed.")


@translations.command("compile")
def compile_translations() -> None:
    """Compile what has changed, so that the portal shows it."""
    for path in compile_all(load_languages().values()):
        click.echo(f"{path.parts[-3]}/{path.name}")


if __name__ == "__main__":
    main()
