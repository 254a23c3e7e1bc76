"""Made-up counts of a tertial, some of them small."""

from portal.domain.counting.counters import Count
from portal.domain.counting.periods import Period, tertial
from portal.store.counting.counters import add_counts
from portal.store.storage import Storage

PERIOD = tertial(2027, 1)


def fill(storage: Storage, kommun: str = "lekeberg", period: Period = PERIOD) -> None:
    """Let ten be counted in every week of a tertial: six in Arabic, five in a language that is not there any more."""
    weeks = [week for month in period.parts for week in month.parts]
    with storage.database.transaction() as connection:
        for week in weeks:
            add_counts(connection, kommun, week.first_on, {Count("self_checks"): 10})
        add_counts(
            connection,
            kommun,
            period.first_on,
            {
                Count("self_checks_by_result", "direct"): 10 * len(weeks) - 8,
                Count("self_checks_by_result", "no_direct"): 8,
                Count("self_checks_by_language", "sv"): 10 * len(weeks) - 11,
                Count("self_checks_by_language", "ar"): 6,
                Count("self_checks_by_language", "xx"): 5,
                Count("self_checks_by_topic", "money"): 7,
                Count("groups"): 1,
            },
        )
