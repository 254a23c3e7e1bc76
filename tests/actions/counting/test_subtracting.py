"""The attack on hidden numbers: add known counts of one's own until all is shown, then take them away again."""

from collections import Counter as Bag
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from portal.actions.counting.counters import SHARE, Batch, always
from portal.domain.counting.counters import COUNTERS, LANGUAGE, self_check_done
from portal.domain.counting.periods import tertial
from portal.domain.counting.statistics import told_of
from portal.store.counting.counters import list_rows
from portal.store.storage import Storage
from tests.domain.made_up import NOW
from tests.made_up_staff import Clock

PERIOD = tertial(2026, 3)
OVER = PERIOD.last_on + timedelta(days=40)
VALUES = {"language": ("ti", "sv"), "topic": ("parenting",), "insats": (), "kind": ()}
OWN = 6
"""What the attack of the finding added for each language and month."""


def shown_of(storage: Storage, kommun: str, hidden: int, chance: Callable[[], bool]) -> int | None:
    """Return what is shown of those who read Tigrinya, where somebody has added her own to the hidden ones."""
    clock = Clock(NOW)
    batch = Batch(storage, clock, lambda plan: None, chance)
    for month in PERIOD.parts:
        clock.now = datetime.combine(month.first_on + timedelta(days=14), NOW.timetz())
        for lang in ("sv", "ti"):
            for _ in range(OWN):
                batch.count(kommun, self_check_done(lang, has_direct=True, topics=("parenting",)))
        batch.flush()
    for _ in range(hidden):
        batch.count(kommun, self_check_done("ti", has_direct=True, topics=()))
    batch.flush()
    with storage.database.reading() as connection:
        rows = list_rows(connection, kommun, PERIOD)
    told = told_of(COUNTERS["self_checks"], rows, PERIOD, VALUES, OVER)
    (numbers,) = [dict(one.numbers) for one in told.divisions if one.dimension == LANGUAGE]
    return numbers.get("ti")


def test_a_hidden_number_cannot_be_had_by_taking_away_one_s_own(storage: Storage) -> None:
    dice = Random(20261130)  # noqa: S311 - a test that can be repeated

    def even() -> bool:
        return dice.randrange(SHARE) == 0

    own = OWN * len(PERIOD.parts)
    tries = 40
    found: dict[int, Bag[int]] = {}
    for hidden in (0, 2, 4):
        shown = [
            shown_of(storage, f"kommun-{hidden}-{number}", hidden, lambda: dice.randrange(SHARE) == 0)
            for number in range(tries)
        ]
        # Her best guess: twice what is shown, less her own. Taking them away as they are is not even that.
        found[hidden] = Bag(SHARE * number - own for number in shown if number is not None)
        assert sum(number - own == hidden for number in shown if number is not None) == 0
        assert found[hidden][hidden] < tries * 0.4, found[hidden]
    # Whatever she sees with two hidden ones she sees with none and with four as well.
    middle = {guess for guess, times in found[2].items() if times >= 3}
    assert middle
    assert middle <= set(found[0]) | {min(middle)}
    assert middle & set(found[0]) & set(found[4])


def test_counted_as_it_is_the_attack_finds_the_number(storage: Storage) -> None:
    """What is held above fails without chance: the test can fail."""
    own = OWN * len(PERIOD.parts)
    assert all(shown_of(storage, f"kommun-{hidden}", hidden, always) == own + hidden for hidden in (0, 2, 4))
