"""What the deeds remember with: the database, and the keys of what is sealed in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.store.crypto import Vault
from portal.store.database import Database
from portal.store.patience import OF_A_REQUEST, Patience
from portal.store.recovery import RecoveryKey


@dataclass(frozen=True, slots=True)
class Storage:
    """One for the whole app; safe in threads, and after a fork."""

    database: Database
    vault: Vault
    recovery: RecoveryKey | None = None

    def close(self) -> None:
        """Close every connection."""
        self.database.close()


def open_storage(
    database_url: str,
    encryption_keys: Iterable[str],
    recovery_key: str | None = None,
    patience: Patience = OF_A_REQUEST,
) -> Storage:
    """Return the storage at an address; raise BadDatabaseUrl, BadKeys, BadRecoveryKey. It connects at the first use."""
    recovery = None if recovery_key is None else RecoveryKey(recovery_key)
    return Storage(Database(database_url, patience), Vault(encryption_keys), recovery)
