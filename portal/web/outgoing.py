"""How long the portal waits for another server while somebody waits for a page: the whole exchange has an end.

A time-out of a library ends a silence, and begins anew with each byte. Here all that is asked for one page shares one
end, and an answer has a longest length; so a server that drips holds nobody's page.
"""

from dataclasses import dataclass
from io import BytesIO
from time import monotonic
from typing import Any

from requests import Response, Timeout
from requests.adapters import HTTPAdapter
from requests.exceptions import ConnectionError as NoConnection
from urllib3.exceptions import HTTPError

LONGEST = 256 * 1024
"""Bytes of the longest answer that is read."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """For how many seconds another server is waited for: in silence, and for all that one page asks of it."""

    silence: float
    whole: float


FOR_A_PAGE = Waiting(silence=4, whole=8)
"""Who waits for a page is told within ten seconds, as where the database does not answer."""


class InTime(HTTPAdapter):
    """Reads whole answers before an end that all exchanges of one session share."""

    def __init__(self, waiting: Waiting) -> None:
        super().__init__()
        self._silence = waiting.silence
        self._ends = monotonic() + waiting.whole

    def send(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Return the answer, read to its end; raise Timeout or NoConnection."""
        response = super().send(request, *args, **kwargs | {"stream": True, "timeout": self._left()})
        try:
            read = self._read(response)
        except HTTPError as error:
            raise NoConnection(type(error).__name__) from None
        finally:
            response.close()
        response.raw = BytesIO(read)
        return response

    def _read(self, response: Response) -> bytes:
        read = b""
        # As it was sent: a packed answer was not asked for, and could be far longer than it looks.
        while part := response.raw.read1(LONGEST, decode_content=False):
            read += part
            if len(read) > LONGEST:
                raise NoConnection("an answer is too long")
            self._left()
        return read

    def _left(self) -> float:
        left = min(self._silence, self._ends - monotonic())
        if left <= 0:
            raise Timeout("the exchange took too long")
        return left
