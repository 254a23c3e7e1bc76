"""The attack on hidden numbers: add known counts of one's own until all is shown, then take them away again."""

from collections import Counter as Bag
from datetime import timedelta
from random import Random

from portal.actions.counting.counters import SHARE, Batch, report
from portal.domain.counting.counters import COUNTERS, LANGUAGE, self_check_done
from portal.domain.counting.periods import tertial
from portal.domain.counting.statistics import told_of
from portal.domain.groups.wishes import SHOWN_FROM
from portal.store.counting.counters import list_rows
from portal.store.storage import Storage
from tests.domain.made_up import NOW
from tests.made_up_staff import Clock

PERIOD = tertial(2026, 3)
OVER = PERIOD.last_on + timedelta(days=40)
VALUES = {"language": ("ti", "sv"), "topic": ("parenting",), "insats": (), "kind": ()}
OWN = 6
"""What the attack of the finding added for each language and month."""


def shown_of(storage: Storage, kommun: str, hidden: int, chance: Random) -> int | None:
    """Return what is shown of those who read Tigrinya, where somebody has added her own to the hidden ones."""
    clock = Clock(NOW)
    batch = Batch(storage, clock, lambda plan: None, lambda: chance.randrange(SHARE) == 0)
    for month in PERIOD.parts:
        clock.now = NOW.replace(year=month.first_on.year, month=month.first_on.month, day=15)
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
    chance = Random(20261130)  # noqa: S311 - a test that can be repeated
    own = OWN * len(PERIOD.parts)
    tries = 40
    found: dict[int, Bag[int]] = {}
    for hidden in (0, 2, 4):
        shown = [shown_of(storage, f"kommun-{hidden}-{number}", hidden, chance) for number in range(tries)]
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
    batch = Batch(storage, Clock(NOW.replace(month=10)), lambda plan: None)
    for _ in range(OWN):
        batch.count("solbacka", self_check_done("ti", has_direct=True, topics=()))
    for _ in range(2):
        batch.count("solbacka", self_check_done("ti", has_direct=True, topics=()))
    batch.flush()
    (whole, *_) = report(storage, "solbacka", PERIOD, VALUES, NOW.replace(year=2027, month=3))
    (numbers,) = [dict(one.numbers) for one in whole.divisions if one.dimension == LANGUAGE]
    assert whole.whole.number == OWN + 2 > SHOWN_FROM
    assert numbers["ti"] == OWN + 2
