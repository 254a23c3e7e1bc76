"""The portal's commands: catalogues, translations, the database and what runs by the clock."""

import csv
import os
import sys
from datetime import datetime
from pathlib import Path

import click

from portal.actions.application_jobs import run_application_jobs
from portal.actions.counters import tally
from portal.actions.exporting import Push, new_export_key
from portal.actions.jobs import run_jobs
from portal.actions.mail import Post
from portal.actions.samples import load_samples
from portal.actions.staff import COMMAND_LINE, add_staff
from portal.actions.voices import load_voice
from portal.domain.catalogue import Catalogue, Kommun
from portal.domain.coverage import DIRECT, NOTHING, POPULATION, coverage, effect, map_of, unreached_situations
from portal.domain.law import ERROR
from portal.domain.refusals import AlreadyStaff, BadStaff
from portal.domain.staff import Role
from portal.settings import BadSettings, Settings
from portal.store import keys as kept_keys
from portal.store import schema
from portal.store.application_keys import count_without_recovery, recover, rotate_applications
from portal.store.backup import BadBackup, back_up, restore
from portal.store.catalogue import DATA, BrokenCatalogue, load_catalogue, read_catalogue
from portal.store.database import DatabaseIsDown
from portal.store.kept_key import new_key
from portal.store.models import STOCKHOLM
from portal.store.programmes import load_programmes
from portal.store.recovery import RecoverySecret, new_recovery_key
from portal.store.recovery_texts import BadRecoveryKey
from portal.store.storage import Storage, open_storage
from portal.translating import translations


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


main.add_command(translations)


# ------------------------------------------------------------------------------------------------- what is remembered


def _settings() -> Settings:
    try:
        return Settings.from_environment(os.environ)
    except BadSettings as bad:
        raise click.ClickException(str(bad)) from None


def _storage(settings: Settings) -> Storage:
    storage = open_storage(settings.database_url, settings.encryption_keys, settings.recovery_key)
    click.get_current_context().call_on_close(storage.close)
    return storage


@main.group()
def database() -> None:
    """The database of groups and sign-ups."""


@database.command("upgrade")
def upgrade_database() -> None:
    """Bring the database to the shape that this version needs."""
    schema.upgrade(_storage(_settings()).database)
    click.echo("The database is up to date.")


@main.group()
def keys() -> None:
    """The keys of what people write."""


@keys.command("new")
def print_new_key() -> None:
    """Print a new key for PORTAL_ENCRYPTION_KEYS."""
    click.echo(new_key())


@keys.command("rotate")
def rotate_keys() -> None:
    """Encrypt everything anew with the first key."""
    storage = _storage(_settings())
    click.echo(f"Encrypted with the first key: {kept_keys.rotate(storage) + rotate_applications(storage)}")


@keys.command("export")
def print_export_key() -> None:
    """Print a new key that signs what is pushed to case systems, and its public part for them."""
    secret, public = new_export_key()
    click.echo(f"PORTAL_EXPORT_KEY={secret}")
    click.echo(f"For the case system: {public}")


@keys.command("recover")
def recover_applications() -> None:
    """Open applications whose keys are lost, with the private part of the recovery key; it is asked for."""
    # Asked for, never an argument: other accounts of a machine see the arguments of what runs.
    typed = click.prompt("The private part of the recovery key", hide_input=True)
    try:
        found = recover(_storage(_settings()), RecoverySecret(typed))
    except BadRecoveryKey as bad:
        raise click.ClickException(str(bad)) from None
    click.echo(f"Opened again: {found.opened}; needed nothing: {found.untouched}; still closed: {found.lost}")
    if found.lost:
        raise SystemExit(1)


@keys.group()
def recovery() -> None:
    """The key that opens applications when all others are lost."""


@recovery.command("new")
def print_recovery_key() -> None:
    """Print a new recovery key, once: the private part is for paper in a safe, and nowhere else."""
    public, secret = new_recovery_key()
    click.echo(f"PORTAL_RECOVERY_KEY={public}")
    click.echo("The private part, for paper in a safe. It is shown once and kept nowhere:")
    click.echo(secret)


@recovery.command("check")
def check_recovery() -> None:
    """Say whether the recovery key would open every application; `portal keys rotate` seals for a new one."""
    storage = _storage(_settings())
    lacking = count_without_recovery(storage)
    if storage.recovery is None:
        raise click.ClickException("PORTAL_RECOVERY_KEY is not set: with the keys lost, applications would be lost")
    if lacking:
        raise click.ClickException(f"it would not open {lacking} applications: run `portal keys rotate`")
    click.echo("The recovery key would open every application.")


@main.group()
def jobs() -> None:
    """What runs by the clock."""


@jobs.command("run")
def run_all_jobs() -> None:
    """End what has ended, move the line up, mail, remind, delete and count; print counts only."""
    settings = _settings()
    found = _loaded(settings.data)
    storage = _storage(settings)
    names = {kommun.id: kommun.full_name for kommun in found.kommuner.values()}
    post = None
    if settings.smtp_url is not None:
        post = Post(settings.smtp_url, settings.mail_from, settings.site, names)
    now = datetime.now(STOCKHOLM)
    push = Push(settings.export_targets, settings.export_key) if settings.export_targets else None
    done = run_jobs(storage, post, load_voice(settings.translations), now)
    for line in (*done.lines, *run_application_jobs(storage, found, push, now).lines):
        click.echo(line)
    click.echo(f"days_counted: {tally(storage, now)}")


@main.group()
def staff() -> None:
    """Those who work in the staff room."""


@staff.command("add")
@click.argument("email")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice([str(role) for role in Role]))
@click.option("--kommun", "kommun_id", help="Where she works; without it she is an administrator of the whole portal.")
def add_to_staff(email: str, roles: tuple[str, ...], kommun_id: str | None) -> None:
    """Let somebody with EMAIL become staff; print the one-time code with which she chooses her password."""
    settings = _settings()
    if kommun_id is not None:
        _kommun(_loaded(settings.data), kommun_id)
    wanted = [Role(role) for role in roles]
    storage = _storage(settings)
    if settings.is_development:
        schema.upgrade(storage.database)
    try:
        _, code = add_staff(storage, COMMAND_LINE, email, wanted, kommun_id, datetime.now(STOCKHOLM))
    except BadStaff as bad:
        raise click.BadParameter(f"cannot be so: {', '.join(bad.fields)}") from None
    except AlreadyStaff:
        raise click.ClickException(f"{email} can sign in already, here or in another kommun") from None
    click.echo(f"Code, for one use within three days: {code}")
    click.echo(f"Choose the password here: {settings.site or ''}/staff/welcome")


@main.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
def make_backup(file: Path) -> None:
    """Write everything that is remembered to FILE, while the portal is in use."""
    try:
        made = back_up(_storage(_settings()), file, datetime.now(STOCKHOLM))
    except (BadBackup, DatabaseIsDown) as bad:
        raise click.ClickException(str(bad)) from None
    click.echo(f"Rows: {made.rows}; checksum: {made.sha256}")


@main.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
def restore_backup(file: Path) -> None:
    """Bring everything back from FILE to an empty database, of SQLite or PostgreSQL."""
    try:
        made = restore(_storage(_settings()), file)
    except (BadBackup, DatabaseIsDown) as bad:
        raise click.ClickException(str(bad)) from None
    click.echo(f"Rows: {made.rows}; checksum: {made.sha256}")


@main.group()
def samples() -> None:
    """Groups to look at in development."""


@samples.command("load")
def load_all_samples() -> None:
    """Bring the database up to date, and make sample groups, obviously made up, where there are none."""
    settings = _settings()
    if not settings.is_development:
        raise click.ClickException("sample groups are for development only (PORTAL_ENV=development)")
    kommuner = _loaded(settings.data).kommuner.values()
    storage = _storage(settings)
    schema.upgrade(storage.database)
    made = load_samples(storage, kommuner, load_programmes(), datetime.now(STOCKHOLM))
    click.echo(f"Sample groups made: {made}")


if __name__ == "__main__":
    main()
