"""What commands open: the settings, the catalogue, what is remembered."""

import os
from pathlib import Path

import click

from portal.actions.readiness import check_storage
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.whole import Catalogue
from portal.domain.knowledge import Knowledge
from portal.outside_settings import BadSettings
from portal.settings import Settings, data_folder
from portal.store.loading import BrokenCatalogue, load_knowledge
from portal.store.patience import OF_A_COMMAND
from portal.store.storage import Storage, open_storage


def read_data_folder() -> Path:
    """Return the folder that PORTAL_DATA names, or the portal's own: it holds kommuner/."""
    return data_folder(os.environ)


def loaded(folder: Path) -> Knowledge:
    """Return what the portal knows, with the kommuner of a folder; end with 1 and a line for each error in it."""
    try:
        return load_knowledge(folder)
    except BrokenCatalogue as broken:
        click.echo(str(broken))
        raise SystemExit(1) from None


def kommun_of(found: Catalogue, kommun_id: str) -> Kommun:
    """Return a kommun; raise BadParameter, with those there are, for one that the catalogue does not have."""
    kommun = found.find_kommun(kommun_id)
    if kommun is None:
        raise click.BadParameter(f"there is no kommun {kommun_id!r}; there are: {', '.join(found.kommuner)}")
    return kommun


def read_settings() -> Settings:
    """Return the settings of the environment; end with what is missing or wrong."""
    try:
        return Settings.from_environment(os.environ)
    except BadSettings as bad:
        raise click.ClickException(str(bad)) from None


def ready_storage(settings: Settings) -> Storage:
    """Open what is remembered, checked: end with what to do where the shape or the keys are not right."""
    storage = opened_storage(settings)
    check_storage(storage)
    return storage


def opened_storage(settings: Settings) -> Storage:
    """Open what is remembered; it is closed when the command ends."""
    storage = open_storage(settings.database_url, settings.encryption_keys, settings.recovery_key, OF_A_COMMAND)
    click.get_current_context().call_on_close(storage.close)
    return storage
