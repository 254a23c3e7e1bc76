"""Insatsportalen: which support in the kommun a resident can contact directly, and how she applies for the rest."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from flask import Flask

from portal.actions.catalogue.heard import bell_of
from portal.actions.counting.counters import Batch
from portal.domain.instants import in_sweden
from portal.operating import release_of
from portal.settings import LICENCES, ROOT, Settings
from portal.store.catalogue.notices import NoticeBoard
from portal.store.groups.programmes import load_programmes
from portal.store.languages.menu import load_languages
from portal.store.loading import Loaded, load_knowledge
from portal.store.storage import open_storage
from portal.web import Portal, init_web
from portal.web.counting.batch import at_random, at_times, put_batch
from portal.web.home.changed import put_bell
from portal.web.staff import StaffRoom
from portal.web.storage import put_storage

Clock = Callable[[], datetime]
"""Returns the present instant, aware of its time zone."""

Ticks = Callable[[], float]
"""Returns seconds from anywhere, which never run backwards."""

Later = Callable[[Callable[[], object]], object]
"""Runs what it is given once, at another time."""

Chance = Callable[[], bool]
"""Returns by chance whether something is counted."""


def swedish_time() -> datetime:
    """Return the present instant in Sweden."""
    return in_sweden(datetime.now(UTC))


def create_app(
    settings: Settings | None = None,
    clock: Clock = swedish_time,
    ticks: Ticks = monotonic,
    later: Later = at_random,
    chance: Chance = at_times,
    loaded: Loaded | None = None,
) -> Flask:
    """Assemble the portal; raise BadSettings, BrokenCatalogue or BrokenLanguages rather than start on a gap."""
    settings = settings or Settings.from_environment(os.environ)

    def clock_in_sweden() -> datetime:
        return in_sweden(clock())

    app = Flask("portal", static_folder=str(Path(ROOT) / "static"), template_folder="web/templates")
    app.config["SECRET_KEY"] = settings.secret_key
    if loaded is None:
        loaded = Loaded(load_knowledge(settings.data, only=settings.kommuner, shared_in=settings.shared_data))
    languages = load_languages(settings.translations)
    storage = open_storage(settings.database_url, settings.encryption_keys, settings.recovery_key)
    put_storage(app, storage)
    put_batch(app, Batch(storage, clock_in_sweden, later, chance))
    put_bell(app, bell_of(settings.data, settings.tell_key) if settings.tell_key else None)
    board = NoticeBoard(storage, ticks)
    programmes = load_programmes(settings.shared_data)
    portal = Portal(
        loaded.knowledge,
        languages,
        settings.translations,
        clock_in_sweden,
        sends_mail=bool(settings.smtp_url),
        notices=board.of,
        site=settings.site,
        knows_address=settings.knows_address,
        security_contact=settings.security_contact,
        licence=LICENCES[settings.data_licence],
        data_contact=settings.data_contact,
        broken=loaded.broken,
        release=release_of(os.environ),
    )
    room = StaffRoom(
        storage,
        board,
        programmes,
        settings.oidc,
        is_secure=not settings.is_development,
        password_cost=settings.password_cost,
    )
    init_web(app, portal, room, is_behind_proxy=settings.is_behind_proxy, eid=settings.eid, hsts=settings.hsts)
    return app
