"""Telling who asked for it that what a kommun publishes is otherwise: what is new, they read in the API's feed.

A call is a POST of JSON, {"format", "kommun", "changes": the address to ask}, with the headers

    Portal-Event: kommun, a dot, the moment of the change in ms      the same change has the same name, however often
    Portal-Timestamp: seconds since 1970
    Portal-Signature: ed25519=…                                      base64, over timestamp, a dot, name, a dot, body

and any answer of 200 to 299 says that it was heard. No person is in it.
"""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from portal.actions.outside import Refused, post, signature_of
from portal.store.catalogue.published import Call, end_call, list_calls, put_off
from portal.store.storage import Storage

LOG = logging.getLogger("portal.errors")

FORMAT = "insatsportalen-changes-1"


@dataclass(frozen=True, slots=True)
class Bell:
    """How the portal calls: the site it is at, the private key (32 bytes) that signs, whether it may call inside."""

    site: str
    key: bytes
    may_stay_inside: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """How many addresses have heard, how many are tried again, and how many are given up."""

    told: int = 0
    put_off: int = 0
    given_up: int = 0

    @property
    def lines(self) -> tuple[str, ...]:
        """Return a line for each count."""
        return (
            f"webhooks_told: {self.told}",
            f"webhooks_put_off: {self.put_off}",
            f"webhooks_given_up: {self.given_up}",
        )


def tell_changes(storage: Storage, bell: Bell, now: datetime, may_go_on: Callable[[], bool] = lambda: True) -> Told:
    """Tell each address whose turn has come; one that does not hear waits longer each time, and keeps no other."""
    counts = {"told": 0, "put_off": 0, "given_up": 0}
    for call in list_calls(storage, now):
        if not may_go_on():
            break
        try:
            _ring(bell, call, now)
        except Refused as why:
            again = put_off(storage, call, now)
            counts["put_off" if again else "given_up"] += 1
            ends = "is tried again" if again else "is given up"
            LOG.error("the webhook of %s to %s %s: %s", call.kommun, _host_of(call.address), ends, why)
        else:
            end_call(storage, call)
            counts["told"] += 1
    return Told(**counts)


def _ring(bell: Bell, call: Call, now: datetime) -> None:
    since = call.since.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    changes = f"{bell.site}api/v1/{call.kommun}/changes?since={since}"
    body = json.dumps({"format": FORMAT, "kommun": call.kommun, "changes": changes}).encode()
    name, timestamp = f"{call.kommun}.{int(call.changed_at.timestamp() * 1000)}", int(now.timestamp())
    headers = {
        "Content-Type": "application/json",
        "Portal-Event": name,
        "Portal-Timestamp": str(timestamp),
        "Portal-Signature": f"ed25519={signature_of(bell.key, timestamp, name, body)}",
    }
    post(call.address, body, headers, may_stay_inside=bell.may_stay_inside)


def _host_of(address: str) -> str:
    """Return the host alone: what stands after it may be a secret of the other side."""
    return address.split("/")[2].rpartition("@")[2]
