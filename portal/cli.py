"""The portal's commands: checking catalogues and translations (shared/interface.md lists what stays stable)."""

from pathlib import Path

import click

from portal.domain.law import ERROR
from portal.store.catalogue import DATA, load_catalogue, read_catalogue
from portal.store.translations import compile_all, domains, load_languages, missing, update


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


@main.group()
def translations() -> None:
    """The portal in other languages."""


@translations.command("check")
def check_translations() -> None:
    """Check that every text is translated into every language."""
    found = load_catalogue()
    lacking = 0
    for language in load_languages().values():
        for domain in domains(found):
            for text in missing(found, language, domain):
                click.echo(f"{language.tag}: {domain}: not translated: {text}")
                lacking += 1
    if lacking:
        raise SystemExit(1)
    click.echo("Every text is translated.")


@translations.command("update")
def update_translations() -> None:
    """Write the templates, and bring every language's files up to the Swedish texts."""
    for path in update(load_catalogue(), load_languages().values()):
        click.echo(path.name if path.suffix == ".pot" else f"{path.parts[-3]}/{path.name}")


@translations.command("compile")
def compile_translations() -> None:
    """Compile what has changed, so that the portal shows it."""
    for path in compile_all():
        click.echo(f"{path.parts[-3]}/{path.name}")


if __name__ == "__main__":
    main()
