"""Electronic identity, against a real OpenID provider on this machine: offered, never needed, and forgotten at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from flask.testing import FlaskClient
from oidc_provider_mock import User, run_server_in_thread
from werkzeug.test import TestResponse

from portal.actions.applications.following import status_of
from portal.domain.applications.rules import ApplicationRules
from portal.domain.applications.states import Identification
from portal.settings import Oidc
from portal.store.applications.stored import find_by_id, read_identified
from portal.store.storage import Storage, open_storage
from tests.applicant import Applicant, code_on
from tests.apps import create_app
from tests.conftest import KEY, Time, settings
from tests.pages import Visitor

# The provider runs in a thread of this process and uses what its own library will drop one day.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

ACR = "http://id.elegnamnden.se/loa/1.0/loa3"
BEGIN = "/sv/lekeberg/apply/elderly/identify?insats=hemtjanst"
HOST = "https://localhost"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """Return the address of a provider that knows two people."""
    people = (
        User(sub="8501012382", claims={"acr": ACR, "name": "Kanariefågel Maria Vipansson"}),
        User(sub="weak", claims={"acr": "password"}),
    )
    with run_server_in_thread(user_claims=people) as server:
        yield f"http://localhost:{server.server_port}"


class Portal:
    """A portal with a provider, its clock and its storage."""

    def __init__(self, database: str, oidc: Oidc) -> None:
        self.time, self.oidc = Time(), oidc
        self.app = create_app(settings(database_url=database, eid=oidc), clock=self.time)
        self.storage: Storage = open_storage(database, [KEY])

    def client(self) -> FlaskClient:
        """Return somebody's browser."""
        return self.app.test_client()


@pytest.fixture
def database(sqlite_file: Path, tmp_path: Path) -> str:
    """Return the address of an empty database."""
    (tmp_path / "portal.sqlite").write_bytes(sqlite_file.read_bytes())
    return f"sqlite:///{tmp_path / 'portal.sqlite'}"


@pytest.fixture
def portal(database: str, issuer: str) -> Iterator[Portal]:
    """Return a portal that demands a level."""
    found = Portal(database, Oidc(issuer, "portal", "a secret that both know", ACR))
    yield found
    found.storage.close()


def lead_back(asked: TestResponse, sub: str) -> str:
    """Sign in at the provider; return where it leads her back."""
    assert asked.status_code == 302
    assert "code_challenge_method=S256" in (asked.location or "")
    found = requests.post(str(asked.location), data={"sub": sub}, allow_redirects=False, timeout=10)
    back: str = found.headers["Location"]
    assert back.startswith(f"{HOST}/identify/answer?")
    return back.removeprefix(HOST)


def come_back(client: FlaskClient, sub: str) -> TestResponse:
    """Go to the provider and back, in one browser."""
    return client.get(lead_back(client.get(BEGIN, base_url=HOST), sub), base_url=HOST)


def test_it_is_offered_only_where_there_is_a_provider(portal: Portal, visitor: Visitor) -> None:
    assert "Börja med e-legitimation" in portal.client().get("/sv/lekeberg/apply/elderly").text
    assert "Börja med e-legitimation" not in visitor.get("/sv/lekeberg/apply/elderly").text
    assert visitor.get("/sv/lekeberg/apply/elderly/identify").status == 404
    assert visitor.get("/identify/answer").status != 200


def test_the_application_is_marked_and_no_cookie_is_left(portal: Portal, rules: ApplicationRules) -> None:
    client = portal.client()
    asked = client.get(BEGIN, base_url=HOST)
    cookie = asked.headers["Set-Cookie"]
    assert cookie.startswith("__Secure-identify=")
    for part in ("Path=/identify/answer", "Max-Age=600", "Secure", "HttpOnly", "SameSite=Lax"):
        assert part in cookie
    answer = client.get(lead_back(asked, "8501012382"), base_url=HOST)
    assert answer.status_code == 200
    assert "Expires=Thu, 01 Jan 1970" in answer.headers["Set-Cookie"]
    assert "8501012382" not in answer.text
    applicant = Applicant(Visitor(portal.client()))
    identity = answer.text.split('name="identity" value="')[1].split('"')[0]
    applicant.begin(identity=identity, insats="hemtjanst")
    applicant.fill(rules.kinds["elderly"])
    assert "Du har legitimerat dig." in applicant.seen.text
    code = code_on(applicant.press("send"))
    assert status_of(portal.storage, rules, code, portal.time()).application.is_identified


def identity_on(answer: TestResponse) -> str:
    """Return the sealed word that a page gives her browser to send."""
    return answer.text.split('name="identity" value="')[1].split('"')[0]


def apply_with(
    portal: Portal, rules: ApplicationRules, identity: str, **changes: str
) -> tuple[Applicant, Identification | None]:
    """Apply with a sealed word and what she types; return her, and who the kommun is told that she is."""
    applicant = Applicant(Visitor(portal.client()))
    applicant.begin(identity=identity)
    applicant.fill(rules.kinds["elderly"], **changes)
    code = code_on(applicant.press("send"))
    application = status_of(portal.storage, rules, code, portal.time()).application
    with portal.storage.database.reading() as connection:
        stored = find_by_id(portal.storage, connection, application.id, lock=False)
        assert stored is not None
        found = read_identified(connection, stored)
    assert application.is_identified == (found is not None)
    return applicant, found


def test_her_name_and_number_come_from_who_identified_her(portal: Portal, rules: ApplicationRules) -> None:
    applicant = Applicant(Visitor(portal.client()))
    applicant.begin(identity=identity_on(come_back(portal.client(), "8501012382")))
    assert applicant.held["name"] == ["Kanariefågel Maria Vipansson"]
    assert applicant.held["number"] == ["8501012382"]


def test_the_kommun_is_told_who_she_is(portal: Portal, rules: ApplicationRules) -> None:
    identity = identity_on(come_back(portal.client(), "8501012382"))
    _, found = apply_with(portal, rules, identity, name="Vipansson")
    said = ("8501012382", ACR, portal.time(), "Kanariefågel Maria Vipansson", "8501012382")
    assert found == Identification(*said, issuer=portal.oidc.issuer)


def test_another_s_name_does_not_go_with_her_identity(portal: Portal, rules: ApplicationRules) -> None:
    identity = identity_on(come_back(portal.client(), "8501012382"))
    applicant, found = apply_with(portal, rules, identity, name="Kim Berg")
    assert found is None
    identity = identity_on(come_back(portal.client(), "8501012382"))
    applicant = Applicant(Visitor(portal.client()))
    applicant.begin(identity=identity)
    applicant.fill(rules.kinds["elderly"], name="Kim Berg")
    assert "Namnet eller numret är ett annat än i din legitimation." in applicant.seen.text


@pytest.mark.parametrize("kommun", ["lekeberg", "linkoping"])
def test_an_identity_says_nothing_in_another_form(portal: Portal, rules: ApplicationRules, kommun: str) -> None:
    identity = identity_on(come_back(portal.client(), "8501012382"))
    applicant = Applicant(Visitor(portal.client()), kommun=kommun)
    applicant.begin(**({"identity": identity} if kommun != "lekeberg" else {}))
    # In its own kommun the form has begun without it: its key is another than the one that the word names.
    applicant.press(identity=identity)
    applicant.fill(rules.kinds["elderly"])
    assert applicant.held["identity"] == [identity]
    assert "Du har legitimerat dig." not in applicant.seen.text
    code = code_on(applicant.press("send"))
    assert not status_of(portal.storage, rules, code, portal.time()).application.is_identified


def test_an_old_identity_marks_nothing_and_stops_nothing(portal: Portal, rules: ApplicationRules) -> None:
    answer = come_back(portal.client(), "8501012382")
    identity = answer.text.split('name="identity" value="')[1].split('"')[0]
    portal.time.passes(hours=2)
    applicant = Applicant(Visitor(portal.client()))
    applicant.begin(identity=identity)
    applicant.fill(rules.kinds["elderly"])
    assert "Din legitimering har gått ut." in applicant.seen.text
    code = code_on(applicant.press("send"))
    assert not status_of(portal.storage, rules, code, portal.time()).application.is_identified


def test_what_was_sealed_for_something_else_is_no_identity(portal: Portal, rules: ApplicationRules) -> None:
    sealed = portal.storage.vault.seal({"purpose": "staff session", "subject": "x", "level": "", "at": "x"})
    applicant = Applicant(Visitor(portal.client()))
    applicant.begin(identity=sealed)
    applicant.fill(rules.kinds["elderly"])
    code = code_on(applicant.press("send"))
    assert not status_of(portal.storage, rules, code, portal.time()).application.is_identified


def is_refused(answer: TestResponse, status: int) -> bool:
    """Return whether she is told that it did not work, with no identity on the page and no cookie left."""
    assert (answer.status_code, 'name="identity"' in answer.text) == (status, False)
    assert "Expires=Thu, 01 Jan 1970" in answer.headers["Set-Cookie"]
    return "Legitimeringen gick inte" in answer.text


def test_who_is_not_certain_enough_goes_on_without(portal: Portal) -> None:
    answer = come_back(portal.client(), "weak")
    assert is_refused(answer, 502)
    assert 'action="/sv/lekeberg/apply/elderly"' in answer.text


def test_another_s_answer_identifies_nobody(portal: Portal) -> None:
    path = lead_back(portal.client().get(BEGIN, base_url=HOST), "8501012382")
    assert is_refused(portal.client().get(path, base_url=HOST), 400)  # a browser that asked nothing
    other = portal.client()
    other.get(BEGIN, base_url=HOST)
    assert is_refused(other.get(path, base_url=HOST), 502)


@pytest.mark.parametrize("query", ["", "?state=å&code=x", "?error=access_denied&state=x"])
def test_an_answer_that_is_none_is_refused(portal: Portal, query: str) -> None:
    client = portal.client()
    client.get(BEGIN, base_url=HOST)
    assert is_refused(client.get(f"/identify/answer{query}", base_url=HOST), 502)


def test_an_answer_too_late_is_refused(portal: Portal) -> None:
    client = portal.client()
    path = lead_back(client.get(BEGIN, base_url=HOST), "8501012382")
    portal.time.passes(minutes=11)
    assert is_refused(client.get(path, base_url=HOST), 400)


def test_an_answer_twice_is_refused(portal: Portal) -> None:
    client = portal.client()
    asked = client.get(BEGIN, base_url=HOST)
    path = lead_back(asked, "8501012382")
    kept = asked.headers["Set-Cookie"].split(";")[0].partition("=")[2]
    assert client.get(path, base_url=HOST).status_code == 200
    assert is_refused(client.get(path, base_url=HOST), 400)
    # Whoever had copied the cookie in between comes too late: the provider gives its word for a code once.
    thief = portal.client()
    thief.set_cookie("__Secure-identify", kept, domain="localhost", path="/identify/answer")
    assert is_refused(thief.get(path, base_url=HOST), 502)


def test_a_provider_that_is_down_is_explained_and_one_goes_on_without(database: str) -> None:
    answer = Portal(database, Oidc("http://127.0.0.1:9", "portal", "secret")).client().get(BEGIN)
    assert answer.status_code == 503
    assert "Tjänsten för legitimering svarar inte just nu." in answer.text
    assert "Du kan ansöka ändå." in answer.text
    assert "Set-Cookie" not in answer.headers
    # Nothing of what she chose is lost: the form begins for the same insats, and so does another try.
    assert 'name="insats" value="hemtjanst"' in answer.text
    assert f'href="{BEGIN}"' in answer.text


def test_a_kind_that_is_none_is_not_found(portal: Portal) -> None:
    assert portal.client().get("/sv/lekeberg/apply/nothing/identify").status_code == 404
