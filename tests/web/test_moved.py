"""What is sealed for one row and lies in another: it is never shown, nothing else stops, and no page is a 500."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Column, select, update

from portal.actions.applications.drafts import begin_application
from portal.actions.groups.places import change_contact
from portal.actions.groups.signing_up import alert_me, settle_group, sign_up
from portal.actions.people.mail import Post, send_outbox
from portal.domain.applications.rules import ApplicationRules
from portal.domain.people.letters import Letter
from portal.domain.staff.roles import Role
from portal.store.applications import tables as t
from portal.store.crypto import Unreadable
from portal.store.groups import tables as m
from portal.store.people.tables import outbox
from portal.store.staff.tables import staff
from portal.store.storage import Storage
from portal.web.storage import put_storage
from tests import groups
from tests.conftest import TUESDAY, Time, Town
from tests.domain.made_up import request
from tests.made_up_applicants import KOMMUN
from tests.made_up_staff import PASSWORD, Room
from tests.pages import Visitor
from tests.web.staff.test_applications import came, worker
from tests.written import mails


@pytest.fixture
def both(app_of_towns: tuple[Flask, Time], storage: Storage) -> Iterator[Town]:
    """Return a portal with made-up groups, once on each kind of database."""
    app, time = app_of_towns
    time.at = TUESDAY
    groups.put(storage, [groups.MANY])
    put_storage(app, storage)
    app.extensions.pop("code_attempts", None)
    with app.test_client() as client:
        yield Town(Visitor(client), time, storage)


def move(storage: Storage, column: Column[str], from_id: str, to_id: str) -> None:
    """Put what is sealed in one row of a table into another."""
    key = next(iter(column.table.primary_key.columns))
    with storage.database.transaction() as connection:
        sealed = connection.execute(select(column).where(key == from_id)).scalar_one()
        connection.execute(update(column.table).where(key == to_id).values({column.name: sealed}))


def ids_of(storage: Storage, group_id: str) -> list[str]:
    """Return the sign-ups of a group in the order they came."""
    chosen = select(m.sign_ups.c.id).where(m.sign_ups.c.group_id == group_id).order_by(m.sign_ups.c.line)
    with storage.database.reading() as connection:
        return list(connection.execute(chosen).scalars())


def test_another_s_details_are_not_shown_to_who_has_a_place(both: Town, caplog: pytest.LogCaptureFixture) -> None:
    group_id = groups.MANY.id
    codes = [sign_up(both.storage, group_id, request(who), TUESDAY).code or "" for who in (1, 2)]
    mine, hers = ids_of(both.storage, group_id)[-2:]
    move(both.storage, m.sign_ups.c.sealed, hers, mine)
    page = both.visitor.post("/sv/lekeberg/my-place", data={"code": codes[0]})
    assert page.status == 200
    assert "Vi kan inte läsa dina uppgifter." in page.text
    assert "exempel2@example.se" not in page.response.text
    # What she asks for that needs the details is told in words, with somebody to call; who leaves can do so.
    told = both.visitor.post(
        "/sv/lekeberg/my-place", data={"code": codes[0], "do": "contact", "email": "ny@example.se", "phone": ""}
    )
    assert told.status == 503
    assert "Vi kan inte läsa det som är sparat" in told.text
    assert told.all("a", href="tel:+4658548700") or "Ring kommunen" in told.text
    with pytest.raises(Unreadable):
        change_contact(both.storage, codes[0], "ny@example.se", "", TUESDAY)
    left = both.visitor.post("/sv/lekeberg/my-place", data={"code": codes[0], "do": "leave"})
    assert left.status == 200
    other = both.visitor.post("/sv/lekeberg/my-place", data={"code": codes[1]})
    assert "exempel2@example.se" in other.response.text
    said = " ".join(caplog.messages)
    assert "sign_ups.sealed does not open" in said
    for word in ("exempel", "example.se", *codes, mine, hers):
        assert word not in said


def test_a_damaged_row_stops_no_mail_to_anybody_else(both: Town) -> None:
    group_id = groups.MANY.id
    for who in (1, 2):
        sign_up(both.storage, group_id, request(who), TUESDAY)
    with both.storage.database.transaction() as connection:
        connection.execute(outbox.delete())
    for email in ("en@example.se", "tva@example.se"):
        alert_me(both.storage, group_id, email, "sv", TUESDAY)
    told = [mail.to for mail in mails(both.storage) if mail.letter is Letter.FREE]
    assert sorted(told) == ["en@example.se", "tva@example.se"]
    with both.storage.database.transaction() as connection:
        ids = connection.execute(select(outbox.c.id).order_by(outbox.c.id)).scalars().all()
    move(both.storage, outbox.c.sealed, *ids)
    sent = send_outbox(both.storage, Post("smtp://127.0.0.1:9", "a@example.se"), lambda lang, says: str(says), TUESDAY)
    assert sent.sent == 0
    with pytest.raises(Unreadable):
        mails(both.storage)


def test_an_alert_that_was_moved_is_left_out_and_the_others_are_told(both: Town) -> None:
    group_id = groups.MANY.id
    hashed = {}
    with both.storage.database.transaction() as connection:
        connection.execute(m.alerts.delete())
        for email in ("en@example.se", "tva@example.se"):
            key = both.storage.vault.digests("alert", f"{group_id} {email}")[0]
            hashed[email] = key
            place = f"alerts.sealed\0{group_id}\0{key}"
            sealed = both.storage.vault.seal_at(place, email)
            row = {"group_id": group_id, "email": key, "lang": "sv", "sealed": sealed, "made_at": TUESDAY}
            connection.execute(m.alerts.insert().values(row))
        hers = select(m.alerts.c.sealed).where(m.alerts.c.email == hashed["tva@example.se"])
        chosen = update(m.alerts).where(m.alerts.c.email == hashed["en@example.se"])
        connection.execute(chosen.values(sealed=connection.execute(hers).scalar_one()))
    settle_group(both.storage, group_id, TUESDAY, is_for_alerts=True)
    assert [mail.to for mail in mails(both.storage) if mail.letter is Letter.FREE] == ["tva@example.se"]


def test_who_leads_sees_the_list_without_what_was_moved(room: Room) -> None:
    leader = room.sign_in(Role.LEADER)
    groups.put(room.storage, [groups.MANY])
    group_id = groups.MANY.id
    for who in (1, 2):
        sign_up(room.storage, group_id, request(who), room.clock.now)
    mine, hers = ids_of(room.storage, group_id)[-2:]
    move(room.storage, m.sign_ups.c.sealed, hers, mine)
    page = leader.get(f"/groups/{group_id}/sign-ups")
    assert page.status == 200
    assert page.text.count("Uppgifterna går inte att läsa") == 1
    assert page.response.text.count("mailto:exempel2@example.se") == 1
    assert "Uppgifterna går inte att läsa" in leader.get(f"/groups/{group_id}/sign-ups/{mine}").text


def test_the_key_or_an_answer_of_another_application_does_not_open(room: Room, rules: ApplicationRules) -> None:
    member = worker(room)
    mine, _ = came(room, rules, 1)
    hers, receipt = came(room, rules, 2)
    move(room.storage, t.applications.c.sealed_key, hers, mine)
    page = member.get(f"/applications/{mine}")
    assert page.status == 503
    assert "Det som är sparat går inte att läsa" in page.text
    assert member.get(f"/applications/{hers}").status == 200
    table = t.fields.c
    with room.storage.database.transaction() as connection:
        chosen = select(table.sealed).where(table.application_id == hers, table.name == "name")
        sealed = connection.execute(chosen).scalar_one()
        connection.execute(
            update(t.fields).where(table.application_id == hers, table.name == "wants").values(sealed=sealed)
        )
    assert member.get(f"/applications/{hers}").status == 503
    # The code of an application that is put on another opens nothing.
    draft = begin_application(room.storage, KOMMUN, rules.kinds["elderly"], "a form", "sv", room.clock.now)
    apps = t.applications
    with room.storage.database.transaction() as connection:
        own = connection.execute(select(apps.c.code).where(apps.c.state == "draft")).scalar_one()
        connection.execute(update(apps).where(apps.c.state == "draft").values(code="given away"))
        connection.execute(update(apps).where(apps.c.id == hers).values(code=own))
    visitor = Visitor(room.app.test_client())
    for code in (draft.code, receipt.code):
        page = visitor.post("/sv/lekeberg/my-application", data={"code": code})
        assert "Koden stämmer inte" in page.text
        assert receipt.reference not in page.text


def test_nobody_s_app_for_codes_opens_another_s_account(room: Room) -> None:
    case_worker = room.sign_in(Role.CASE_WORKER, email="ola@example.se")
    other = room.sign_in(Role.LEADER, email="lea@example.se")
    move(room.storage, staff.c.sealed, other.staff_id, case_worker.staff_id)
    again = case_worker.elsewhere()
    again.get("/sign-in")
    answer = again.post("/sign-in", {"email": "ola@example.se", "password": PASSWORD})
    assert answer.status == 503
    assert "Det som är sparat går inte att läsa" in answer.text
    assert case_worker.get("/account").status == 503
    assert other.get("/account").status == 200
