"""How many came to a meeting, by age band and gender: counts, never who (SoL 14 kap. 5 §)."""

from collections.abc import Mapping

from portal.domain.sentences import Sentence, sentence

AGE_BANDS: Mapping[str, Sentence] = {
    "0-12": sentence("0–12 år"),
    "13-17": sentence("13–17 år"),
    "18-24": sentence("18–24 år"),
    "25-44": sentence("25–44 år"),
    "45-64": sentence("45–64 år"),
    "65-": sentence("65 år eller äldre"),
    "unknown": sentence("Ålder okänd"),
}

GENDERS: Mapping[str, Sentence] = {
    "woman": sentence("Kvinna eller flicka"),
    "man": sentence("Man eller pojke"),
    "other": sentence("Annat eller okänt kön"),
}

MOST = 200

Counts = Mapping[tuple[str, str], int]
"""How many of each age band and gender."""


def are_counts(counts: Counts) -> bool:
    """Return whether every band and gender is one that is known, and every number possible."""
    return all(band in AGE_BANDS and gender in GENDERS and 0 <= n <= MOST for (band, gender), n in counts.items())
