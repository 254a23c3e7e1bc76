"""The commands for those who translate: coverage, rules, review state, and bringing files up to the Swedish texts."""

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from portal.cli.opening import loaded
from portal.domain.knowledge import Knowledge
from portal.domain.languages.reviews import Truth
from portal.settings import data_folder, translations_folder
from portal.store.languages.extraction import domains
from portal.store.languages.glossary import load_terms, load_wordings
from portal.store.languages.menu import BrokenLanguages, Language, load_languages
from portal.store.languages.po import BrokenTranslations, read
from portal.store.languages.texts import compile_all
from portal.store.languages.translations import (
    missing,
    note_review,
    po_path,
    said_differently,
    truth_of,
    update,
    write_templates,
    wrong,
)


class _Told(click.Group):
    """Tells what is wrong with a file as a line, not as a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; end with 1 where a file of languages or translations cannot be used."""
        try:
            return super().invoke(ctx)
        except (BrokenLanguages, BrokenTranslations) as broken:
            click.echo(str(broken))
            raise SystemExit(1) from None


@click.group(cls=_Told)
def translations() -> None:
    """The portal in other languages."""


@translations.command("check")
def check_translations() -> None:
    """Check coverage, gaps, plural forms, scripts, terms and wordings of every language and domain."""
    found, folder = loaded(data_folder(os.environ)), _folder()
    terms, wordings = load_terms(folder), load_wordings(folder)
    faults = 0
    for language in _languages():
        for domain in domains(found.catalogue):
            for text in missing(found, language, domain, folder):
                click.echo(f"{language.tag}: {domain}: not translated: {text}")
                faults += 1
            known, bad = terms.get(language.tag, ()), wordings.get(language.tag, ())
            for text, says in wrong(language, domain, known, folder, bad):
                click.echo(f"{language.tag}: {domain}: {says}: {text}")
                faults += 1
        for one, other, text in said_differently(language, domains(found.catalogue), folder):
            click.echo(f"{language.tag}: {other}: is said otherwise in {one}: {text}")
            faults += 1
    _echo_truths(found)
    if faults:
        click.echo(f"{faults} texts want a translator.")
        raise SystemExit(1)
    click.echo("Every text is translated and keeps the rules of its language.")


@translations.command("status")
def show_status() -> None:
    """Show how many texts of each language and domain are written, translated, reviewed, stale or missing."""
    _echo_truths(loaded(data_folder(os.environ)))


def _echo_truths(found: Knowledge) -> None:
    for language in _languages():
        if language.is_source:
            continue
        for domain in domains(found.catalogue):
            path = po_path(_folder(), language, domain)
            truth = truth_of(read(path, language.babel), language) if path.exists() else Truth()
            counts = ", ".join(f"{number} {state}" for state, number in truth.counts if number)
            by = f" (by {', '.join(truth.reviewed_by)}, last {truth.reviewed_on})" if truth.reviewed_by else ""
            click.echo(f"{language.tag}: {domain}: {counts or 'no file'}{by}")


@translations.command("extract")
def extract_translations() -> None:
    """Write the templates: every Swedish text with where it stands."""
    for path in write_templates(loaded(data_folder(os.environ)), _folder()):
        click.echo(path.name)


@translations.command("update")
def update_translations() -> None:
    """Write the templates, and bring every language's files up to the Swedish texts."""
    for path in update(loaded(data_folder(os.environ)), _languages(), _folder()):
        click.echo(path.name if path.suffix == ".pot" else f"{path.parts[-3]}/{path.name}")


@translations.command("review")
@click.argument("tag")
@click.argument("domain")
@click.option("--by", required=True, help="Who has read the texts: a name or a role.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day, such as 2026-11-25.")
@click.option("--only", multiple=True, help="Only texts with this word, Swedish or translated.")
def review_translations(tag: str, domain: str, by: str, on: datetime, only: tuple[str, ...]) -> None:
    """Note that somebody has read translations beside the Swedish and found them right."""
    language = load_languages(_folder()).get(tag)
    if language is None or language.is_source:
        raise click.BadParameter(f"there is no translated language {tag!r}", param_hint="TAG")
    path = po_path(_folder(), language, domain)
    if not path.exists():
        raise click.BadParameter(f"there is no domain {domain!r} in {tag}", param_hint="DOMAIN")
    who = " ".join(by.split())
    if not who:
        raise click.BadParameter("a name or a role is needed", param_hint="--by")
    click.echo(f"{note_review(path, language, who, on.date(), only)} texts are noted as reviewed.")


@translations.command("compile")
def compile_translations() -> None:
    """Compile what has changed, so that the portal shows it."""
    for path in compile_all(_languages(), _folder()):
        click.echo(f"{path.parts[-3]}/{path.name}")


def _folder() -> Path:
    return translations_folder(os.environ)


def _languages() -> Iterable[Language]:
    return load_languages(_folder()).values()
