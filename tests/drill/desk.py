"""The desk of a drill: a case worker who has come in, and applications as heavy as they can be."""

from datetime import UTC, datetime
from io import BytesIO
from uuid import uuid4

from PIL import Image

from portal import create_app
from portal.actions.applications.units import give_units
from portal.domain.audit import Actor
from portal.domain.instants import in_sweden
from portal.domain.people.brakes import APPLICATIONS
from portal.domain.staff.roles import Role
from portal.store.applications.files import File, FileInfo, add
from portal.store.applications.stored import find_by_id
from portal.store.loading import load_knowledge
from portal.store.storage import open_storage
from tests.conftest import settings
from tests.groups import KEY
from tests.made_up_applicants import KOMMUN, id_of, sent
from tests.made_up_staff import Clock, Room

HEAVY = 2
FILES = 20
EMAIL = "desk@example.se"


def desk(url: str) -> tuple[str, list[str]]:
    """Return the cookie of a case worker, good in every process of the portal, and the ids of heavy applications."""
    storage = open_storage(url, [KEY])
    room = Room(create_app(settings(database_url=url)), storage, Clock(in_sweden(datetime.now(UTC))))
    # The app of this process goes by the real clock, as the one that is drilled does.
    member = room.sign_in(Role.CASE_WORKER, email=EMAIL)
    give_units(storage, Actor("drill", KOMMUN), member.staff_id, ["elderly", "adults"], room.clock.now)
    rules, photo = load_knowledge().applications, _photo()
    ids, later = [], room.clock.now + APPLICATIONS.within  # the applications of another drill came in a flood
    for number in range(HEAVY):
        one = id_of(storage, rules, sent(storage, rules, f"heavy {number}", at=later))
        with storage.database.transaction() as connection:
            stored = find_by_id(storage, connection, one)
            assert stored is not None
            for name in range(FILES):
                info = FileInfo(uuid4().hex, f"bild {name}.jpg", "image/jpeg", len(photo), room.clock.now)
                add(connection, stored, File(info, photo))
        ids.append(one)
    storage.close()
    room.app.extensions["storage"].close()
    return f"__Secure-staff={member.cookie()}", ids


def _photo() -> bytes:
    """Return a photo as large as one is kept, in which no two points are alike."""
    written = BytesIO()
    Image.effect_noise((3508, 2480), 40).convert("RGB").save(written, "JPEG", quality=50)
    return written.getvalue()
