"""What is counted: a closed list, with what each counter is, why it is there, and by what it is divided.

A counter has a kommun, a day and at most one more thing: nothing is counted by two things at once, because a number
of those who speak Tigrinya and asked about violence is a person in a small kommun.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from portal.domain.groups.attendance import AGE_BANDS, GENDERS
from portal.domain.sentences import Sentence, sentence

ATTENDANCE_AFTER = 14
"""Days after a meeting when it is counted how many came: leaders have so long to write it down."""


class Count(NamedTuple):
    """What is counted up: a key of a counter, and a value of what divides it; "" where nothing does."""

    key: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Dimension:
    """What a counter is divided by.

    values: those there are, with their names, where the list is closed; None where the catalogue or the languages say
    it. is_partition: everybody is in exactly one of them, so that they make the whole together.
    """

    id: str
    name: Sentence
    values: Mapping[str, Sentence] | None = None
    is_partition: bool = True


@dataclass(frozen=True, slots=True)
class Counter:
    """One thing that is counted.

    is_chosen: only who presses the button is counted; is_about_people: small numbers are hidden; settles_after: whole
    days after a day until nothing can be added to it any more.
    """

    id: str
    name: Sentence
    what: Sentence
    why: Sentence
    dimensions: tuple[Dimension, ...] = ()
    is_chosen: bool = False
    is_about_people: bool = True
    settles_after: int = 1

    def key_of(self, dimension: Dimension) -> str:
        """Return under which key the counter is kept when divided by that."""
        return f"{self.id}_by_{dimension.id}"


OTHER = ""
"""The value of what has left the list since it was counted, such as an insats that is not given any more."""

OTHER_NAME = sentence("Annat")

DIRECT, NO_DIRECT = "direct", "no_direct"
RESULTS: Mapping[str, Sentence] = {
    NO_DIRECT: sentence("Inget stöd att kontakta direkt"),
    DIRECT: sentence("Stöd att kontakta direkt"),
}

PLACE, IN_LINE, LEFT = "place", "in_line", "left"
OUTCOMES: Mapping[str, Sentence] = {
    PLACE: sentence("Fick plats"),
    IN_LINE: sentence("Står i kö"),
    LEFT: sentence("Har lämnat gruppen eller kön"),
}

CLOSED, WITHDRAWN = "closed", "withdrawn"
ENDINGS: Mapping[str, Sentence] = {
    CLOSED: sentence("Kommunen har avslutat"),
    WITHDRAWN: sentence("Den som sökte tog tillbaka"),
}

VISIT, CALL = "visit", "call"
VISIT_KINDS: Mapping[str, Sentence] = {VISIT: sentence("Besök på plats"), CALL: sentence("Telefonsamtal")}
"""What staff count with a tap, in support that needs no sign-up."""

_BANDS = (
    (2, "0-2", sentence("Högst 2 dagar")),
    (7, "3-7", sentence("3–7 dagar")),
    (14, "8-14", sentence("8–14 dagar")),
    (30, "15-30", sentence("15–30 dagar")),
    (120, "31-120", sentence("31–120 dagar")),
)
LONGEST_BAND = "over-120"
WAITING_BANDS: Mapping[str, Sentence] = {
    **{band: name for _, band, name in _BANDS},
    LONGEST_BAND: sentence("Mer än 120 dagar"),
}
"""How long somebody waited, in whole days; 14 days and four months are the law's limits (SoL 20 kap. 2 och 3 §§)."""

LANGUAGE = Dimension("language", sentence("Språk"))
RESULT = Dimension("result", sentence("Resultat"), RESULTS)
TOPIC = Dimension("topic", sentence("Ämne"), is_partition=False)
INSATS = Dimension("insats", sentence("Stöd"))
OUTCOME = Dimension("outcome", sentence("Läget när dagen var slut"), OUTCOMES)
AGE_BAND = Dimension("age_band", sentence("Ålder"), AGE_BANDS)
GENDER = Dimension("gender", sentence("Kön"), GENDERS)
KIND = Dimension("kind", sentence("Vad ansökan gäller"))
ENDING = Dimension("ending", sentence("Hur den tog slut"), ENDINGS)
VISIT_KIND = Dimension("visit_kind", sentence("Besök eller samtal"), VISIT_KINDS)
VISITED = Dimension("visited", sentence("Stöd"))
WAITED = Dimension("waited", sentence("Väntetid"), WAITING_BANDS)

COUNTERS: Mapping[str, Counter] = {
    counter.id: counter
    for counter in (
        Counter(
            "self_checks",
            sentence("Självtest"),
            sentence("Hur många som har svarat på frågorna och tryckt på Räkna mig."),
            sentence("Kommunen vill veta om frågorna används, på vilka språk och om vilka ämnen. Kommunen vill också"
                     " veta när den saknar stöd."),
            (RESULT, LANGUAGE, TOPIC),
            is_chosen=True,
        ),
        Counter(
            "groups",
            sentence("Grupper som började"),
            sentence("Hur många grupper som hade sin första träff."),
            sentence("Kommunen vill veta hur många grupper den ger."),
            is_about_people=False,
        ),
        Counter(
            "sign_ups",
            sentence("Anmälningar till grupper"),
            sentence("Hur många anmälningar som kom, till vilket stöd, och hur många som fick vänta i kö."),
            sentence("Kommunen vill veta om platserna räcker."),
            (OUTCOME, INSATS),
        ),
        Counter(
            "attendance",
            sentence("Närvaro på träffar"),
            sentence("Hur många som kom till träffarna. Ledaren skriver antal, ungefärlig ålder och kön, aldrig vem."),
            sentence("Kommunen vill veta vilka den når. Staten frågar också efter antal."),
            (AGE_BAND, GENDER),
            settles_after=ATTENDANCE_AFTER + 1,
        ),
        Counter(
            "visits",
            sentence("Besök och telefonsamtal"),
            sentence("Hur många besök och samtal personalen har räknat, när man inte behöver anmäla sig. De skriver"
                     " aldrig vem."),
            sentence("Kommunen vill veta om stödet används."),
            (VISIT_KIND, VISITED),
        ),
        Counter(
            "applications",
            sentence("Ansökningar"),
            sentence("Hur många ansökningar som kom, och vad de gällde."),
            sentence("Kommunen vill veta vad människor behöver."),
            (KIND,),
        ),
        Counter(
            "applications_begun",
            sentence("Ansökningar som kommunen har börjat med"),
            sentence("Hur många ansökningar som någon började arbeta med, och hur länge de hade väntat."),
            sentence("Kommunen måste hålla lagens tider."),
            (WAITED,),
        ),
        Counter(
            "applications_ended",
            sentence("Ansökningar som är klara"),
            sentence("Hur många ansökningar som är klara, och hur de tog slut."),
            sentence("Kommunen vill veta om arbetet hinns med."),
            (ENDING,),
        ),
    )
}  # fmt: skip


def self_check_done(lang: str, *, has_direct: bool, topics: Iterable[str]) -> tuple[Count, ...]:
    """Return what is counted when a resident lets her self-check be counted. Each count stands for itself."""
    counter = COUNTERS["self_checks"]
    return (
        Count(counter.id),
        Count(counter.key_of(RESULT), DIRECT if has_direct else NO_DIRECT),
        Count(counter.key_of(LANGUAGE), lang),
        *(Count(counter.key_of(TOPIC), topic) for topic in sorted(set(topics))),
    )


def application_came(kind: str) -> tuple[Count, ...]:
    """Return what is counted when an application has been sent."""
    return _divided("applications", KIND, kind)


def application_begun(waited_days: int) -> tuple[Count, ...]:
    """Return what is counted when staff take an application in hand, so many whole days after it came."""
    return _divided("applications_begun", WAITED, waiting_band(waited_days))


def application_ended(ending: str) -> tuple[Count, ...]:
    """Return what is counted when an application is CLOSED or WITHDRAWN."""
    return _divided("applications_ended", ENDING, ending)


def waiting_band(days: int) -> str:
    """Return the band of a wait of so many whole days."""
    return next((band for most, band, _ in _BANDS if days <= most), LONGEST_BAND)


def _divided(counter_id: str, dimension: Dimension, value: str) -> tuple[Count, ...]:
    return Count(counter_id), Count(COUNTERS[counter_id].key_of(dimension), value)


def is_counted(count: Count) -> bool:
    """Return whether something stands in the closed list: its key, and its value where the values are closed."""
    for counter in COUNTERS.values():
        if count.key == counter.id:
            return count.value == ""
        for dimension in counter.dimensions:
            if count.key == counter.key_of(dimension):
                return dimension.values is None or count.value in dimension.values
    return False
