"""Running a command as who types it does."""

from click.testing import CliRunner, Result

from portal.cli import main
from portal.domain.applications.rules import ApplicationRules
from portal.store.recovery import new_recovery_key
from portal.store.storage import open_storage
from tests.conftest import KEY
from tests.made_up_applicants import sent


def run(*words: str) -> Result:
    """Run a command in this process, on the repository's own files where it names no folder."""
    return CliRunner().invoke(main, list(words))


def told(environment: dict[str, str], *words: str) -> Result:
    """Run a command with an environment."""
    return CliRunner(env=environment).invoke(main, list(words))


PUBLIC, SECRET = new_recovery_key()


def applied(database_url: str, rules: ApplicationRules, recovery_key: str | None = PUBLIC) -> str:
    """Send an application; return the code that opens it."""
    storage = open_storage(database_url, [KEY], recovery_key)
    code = sent(storage, rules).code
    storage.close()
    return code
