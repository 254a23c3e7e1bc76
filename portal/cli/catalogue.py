"""Commands for the catalogues of the kommuner: whether they are lawful, what they cover, what a change would do."""

import csv
import os
import sys
from pathlib import Path

import click
from sqlalchemy.engine import make_url

from portal import swedish_time
from portal.actions.officials.survey import public_answers_of
from portal.cli.editors import fetch_from_plone, follow_plone, move_into_plone
from portal.cli.effects import tell_effect
from portal.cli.opening import kommun_of, loaded, opened_storage, read_data_folder
from portal.domain.findings import ERROR
from portal.domain.officials.contradictions import confirmed_ahead
from portal.domain.officials.coverage import (
    DIRECT,
    NOTHING,
    Run,
    ages_by_topic,
    situations,
    unreached_situations,
    worse_situations,
)
from portal.domain.officials.lives import tally
from portal.domain.officials.population import POPULATION
from portal.domain.officials.sheet import SheetRow, guarded, sheet
from portal.domain.officials.survey import Answer, survey
from portal.outside_settings import BadSettings
from portal.settings import Settings
from portal.store.database import DatabaseIsDown
from portal.store.loading import read_knowledge
from portal.store.officials.lives import prove_lives


@click.group()
def catalogue() -> None:
    """The catalogues of the kommuner."""


catalogue.add_command(fetch_from_plone)
catalogue.add_command(follow_plone)
catalogue.add_command(move_into_plone)


@catalogue.command()
@click.argument("folder", type=click.Path(path_type=Path), default=read_data_folder, metavar="[DIR]")
@click.option("--warnings", is_flag=True, help="Also list what is doubtful, for the nämnd to decide.")
def check(folder: Path, warnings: bool) -> None:
    """Check that every catalogue in DIR (which holds kommuner/; default PORTAL_DATA) is whole and lawful."""
    found, read = read_knowledge(folder)
    today = swedish_time().date()
    lives = prove_lives(folder, found.catalogue)[1]
    findings = (
        *read,
        *lives,
        *(ahead for kommun in found.catalogue.kommuner.values() for ahead in confirmed_ahead(kommun, today)),
    )
    errors = [finding for finding in findings if finding.severity == ERROR]
    for finding in findings if warnings else errors:
        click.echo(finding.line)
    if errors:
        raise SystemExit(1)
    click.echo("Every catalogue is whole and lawful.")


@catalogue.command("lives")
@click.argument("folder", type=click.Path(path_type=Path), default=read_data_folder, metavar="[DIR]")
@click.option("--kommun", "only", multiple=True, help="Only these kommuner.")
def show_lives(folder: Path, only: tuple[str, ...]) -> None:
    """Show whether every resident of lives.yaml gets what she must, in the right order."""
    found, findings = read_knowledge(folder, only=only)
    told, more = prove_lives(folder, found.catalogue)
    errors = [finding for finding in (*findings, *more) if finding.severity == ERROR]
    for finding in errors:
        click.echo(finding.line)
    for kommun_id, lives in told.items():
        fared = tally(lives)
        click.echo(
            f"{kommun_id}: {fared.count} lives, {fared.right} right, {fared.first_right} with the right one first, "
            f"median length {fared.median_length:g}"
        )
    if errors:
        raise SystemExit(1)


@catalogue.command("map")
@click.option("--kommun", "kommun_id", required=True)
@click.option("--format", "shape", type=click.Choice(["text", "csv"]), default="text")
def show_map(kommun_id: str, shape: str) -> None:
    """Show SKR's list with what the kommun offers: direct, assessed, both, none, not known.

    Answers that officers gave in the staff room stand before what the catalogue says.
    """
    found = loaded(read_data_folder())
    kommun = kommun_of(found.catalogue, kommun_id)
    rows = sheet(kommun, found.skr, survey(kommun, found.skr, _answers(kommun_id)))
    if shape == "csv":
        writer = csv.writer(sys.stdout)
        writer.writerow(MAP_COLUMNS)
        writer.writerows(_map_cells(row) for row in rows)
        return
    for row in rows:
        one = row.surveyed
        insatser = " ".join(insats.id for insats in one.insatser)
        status = one.status.replace("_", " ")
        place = f"[{row.area} / {row.section} / {row.group}]"
        click.echo(f"{status:10}{one.row.name} {place} {insatser}".rstrip())


MAP_COLUMNS = ("area", "section", "group", "id", "name", "status", "insatser", "explanation", "source", "way_in", "by")
"""The columns of the map as CSV; `by` says whose the answer is: the catalogue's or an officer's."""


def _map_cells(row: SheetRow) -> tuple[str, ...]:
    one = row.surveyed
    insatser = " ".join(insats.id for insats in one.insatser)
    by = "catalogue" if one.answer is None else "officer"
    cells = (row.area, row.section, row.group, one.row.id, one.row.name, one.status, insatser)
    return tuple(map(guarded, (*cells, row.explanation, row.source, row.way_in, by)))


def _answers(kommun_id: str) -> dict[str, Answer]:
    """Return what officers answered; none, said on the other stream, where no database is at hand."""
    try:
        settings = Settings.from_environment(os.environ)
        url = make_url(settings.database_url)
        if url.database and url.get_backend_name() == "sqlite" and not Path(url.database).exists():
            raise DatabaseIsDown(f"there is no database {url.database}")
        return public_answers_of(opened_storage(settings), kommun_id)
    except (BadSettings, DatabaseIsDown) as reason:
        click.echo(f"without the answers of officers: {reason}", err=True)
        return {}


@catalogue.command("coverage")
@click.option("--kommun", "kommun_id", required=True)
def show_coverage(kommun_id: str) -> None:
    """Show the ages and situations that no insats reaches, or only one that one applies for."""
    catalogue = loaded(read_data_folder()).catalogue
    found = situations(kommun_of(catalogue, kommun_id), catalogue)
    for topic, runs in ages_by_topic(found).items():
        for run in runs:
            if run.status != DIRECT:
                click.echo(f"{topic}: {_ages(run)}")
    unreached = unreached_situations(found)
    for topic, options in unreached.items():
        click.echo(f"{topic}: no insats for: {', '.join(options)}")
    for topic, option, run in worse_situations(found):
        if option not in unreached.get(topic, ()):
            click.echo(f"{topic}.{option}: {_ages(run)}")


def _ages(run: Run) -> str:
    return f"{run.first}–{run.last} years: {'nothing' if run.status == NOTHING else run.status}"


@catalogue.command("effect")
@click.argument("old", type=click.Path(exists=True, path_type=Path))
@click.argument("new", type=click.Path(exists=True, path_type=Path), default=read_data_folder, metavar="[NEW]")
@click.option("--kommun", "only", multiple=True, help="Only these kommuner.")
@click.option("--size", default=POPULATION, show_default=True, help="Residents of the fixed population.")
def show_effect(old: Path, new: Path, only: tuple[str, ...], size: int) -> None:
    """Show which kinds of residents gain or lose which insatser between two versions, or are told otherwise.

    OLD and NEW hold kommuner/; NEW is PORTAL_DATA where it is left out.
    """
    before, after = loaded(old).catalogue, loaded(new).catalogue
    known = sorted({*before.kommuner, *after.kommuner})
    for kommun_id in only:
        if kommun_id not in known:
            raise click.BadParameter(f"there is no kommun {kommun_id!r}; there are: {', '.join(known)}")
    for kommun_id in only or known:
        tell_effect(before, after, kommun_id, size)
