"""PostgreSQL's connection with an end to its waiting. A portal on SQLite never loads the driver, so it is given."""

from functools import cache
from time import monotonic
from typing import Any


@cache
def watched(driver: Any) -> Any:
    """Return PostgreSQL's connection with an end to its waiting: a server that is frozen ends nothing by itself."""

    class OutOfTime(driver.OperationalError):  # type: ignore[misc]
        is_of_the_server = False  # a server that had less than its time has shown nothing

    class Watched(driver.Connection):  # type: ignore[misc]
        longest = float("inf")
        ends_at = float("inf")

        def wait(self, gen: Any, *args: Any, timeout: float | None = None, **kwargs: Any) -> Any:
            """Wait for an answer; raise the driver's OperationalError where none comes in time."""
            left = max(self.ends_at - monotonic(), 0.0)
            is_at_its_end = left < self.longest
            seconds = min(self.longest, left, float("inf") if timeout is None else timeout)
            try:
                return super().wait(gen, *args, timeout=None if seconds == float("inf") else seconds, **kwargs)
            except driver.errors._WaitTimeout:
                self.close()  # nobody knows what it would answer next
                if is_at_its_end:
                    raise OutOfTime("what was to be done took too long") from None
                raise driver.OperationalError("the server did not answer in time") from None

    return Watched
