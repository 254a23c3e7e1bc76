"""The words of each mail: short and neutral. Who reads over a shoulder never learns what the group is about."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from portal.domain.people.letters import Letter, Mail
from portal.domain.sentences import Sentence, counted, sentence

Voice = Callable[[str, Sentence], str]
"""Says a sentence in the language of a tag."""


@dataclass(frozen=True, slots=True)
class Words:
    """A mail's subject and its lines."""

    subject: Sentence
    lines: tuple[Sentence | str, ...]


Gaps = Mapping[str, str]


def _opening(gaps: Gaps) -> tuple[Sentence, ...]:
    return (
        sentence("Din kod är {code}.", code=gaps["code"]),
        sentence("Med koden ser du dina tider. Du kan också ändra eller avboka."),
    )


def _placed(gaps: Gaps) -> tuple[Sentence, ...]:
    return (
        sentence("Vi har tagit emot din anmälan. Du har en plats."),
        sentence("Första gången är {day} klockan {time}.", day=gaps["day"], time=gaps["time"]),
        *_opening(gaps),
    )


def _waiting(gaps: Gaps) -> tuple[Sentence, ...]:
    return (
        sentence("Vi har tagit emot din anmälan. Du står i kö."),
        sentence("Vi skriver till dig om du får en plats."),
        *_opening(gaps),
    )


def _offered(gaps: Gaps) -> tuple[Sentence, ...]:
    return (
        sentence("Nu finns det en plats för dig."),
        sentence("Svara ja eller nej senast {day} klockan {time}.", day=gaps["day"], time=gaps["time"]),
        sentence("Om du inte svarar går platsen till nästa i kön."),
        *_opening(gaps),
    )


def _got_place(gaps: Gaps) -> tuple[Sentence, ...]:
    return (
        sentence("Nu har du en plats. Du behöver inte göra något mer."),
        sentence("Första gången är {day} klockan {time}.", day=gaps["day"], time=gaps["time"]),
        *_opening(gaps),
    )


def _lapsed(gaps: Gaps) -> tuple[Sentence, ...]:
    return (
        sentence("Tiden för att svara har gått ut. Platsen gick till nästa i kön."),
        sentence("Du är välkommen att anmäla dig igen."),
    )


def _withdrawn(gaps: Gaps) -> tuple[Sentence, ...]:
    return (
        sentence("Du är avbokad. Vi har tagit bort dina uppgifter."),
        sentence("Du är välkommen att anmäla dig igen."),
    )


def _moved(gaps: Gaps) -> tuple[Sentence, ...]:
    return (
        sentence("Din plats har fått nya tider."),
        sentence("Första gången är {day} klockan {time}.", day=gaps["day"], time=gaps["time"]),
        *_opening(gaps),
    )


def _changed(gaps: Gaps) -> tuple[Sentence, ...]:
    return (
        sentence("En tid eller en plats har ändrats."),
        sentence("Första gången är {day} klockan {time}.", day=gaps["day"], time=gaps["time"]),
        sentence("Skriv din kod på webbplatsen. Där ser du alla tider."),
    )


def _session_cancelled(gaps: Gaps) -> tuple[Sentence, ...]:
    return (
        sentence("Tiden {day} klockan {time} är inställd.", day=gaps["day"], time=gaps["time"]),
        sentence("De andra tiderna gäller som förut."),
    )


def _group_cancelled(gaps: Gaps) -> tuple[Sentence, ...]:
    return (
        sentence("Alla tider är tyvärr inställda."),
        sentence("På webbplatsen ser du om det finns andra tider."),
    )


def _reminder(gaps: Gaps) -> tuple[Sentence, ...]:
    return (
        sentence("Du har en tid {day} klockan {time}.", day=gaps["day"], time=gaps["time"]),
        *_opening(gaps),
    )


def _message(gaps: Gaps) -> tuple[Sentence, ...]:
    return (sentence("Du får ett meddelande från den som leder:"), sentence("{words}", words=gaps["words"]))


def _free(gaps: Gaps) -> tuple[Sentence, ...]:
    return (
        sentence("Nu finns det en ledig plats."),
        sentence("Anmäl dig på webbplatsen om du vill ha den."),
        sentence("Vi har tagit bort din e-post och skriver inte igen."),
    )


def _wished(gaps: Gaps) -> tuple[Sentence, ...]:
    return (
        sentence("Nu finns det som du frågade efter."),
        sentence("Anmäl dig på webbplatsen om du vill vara med."),
        sentence("Vi har tagit bort din e-post och skriver inte igen."),
    )


def _something_to_read(gaps: Gaps) -> tuple[Sentence, ...]:
    return (
        sentence("Det finns något nytt att läsa."),
        sentence("Skriv din kod på webbplatsen. Koden står inte i det här mejlet."),
    )


def _staff_code(gaps: Gaps) -> tuple[Sentence, ...]:
    return (
        sentence("Du har fått en kod till personalens sidor."),
        sentence("Din kod är {code}.", code=gaps["code"]),
        sentence("Den gäller en gång, i tre dagar."),
        sentence("Väntade du inte på den? Säg till kommunens administratör genast."),
    )


def _staff_changed(gaps: Gaps) -> tuple[Sentence, ...]:
    return (
        sentence("Ditt konto på personalens sidor har ändrats. Det gäller hur du loggar in eller vad du får göra."),
        sentence("Väntade du inte på det? Säg till kommunens administratör genast."),
    )


def _staff_told(gaps: Gaps) -> tuple[Sentence, ...]:
    return (
        sentence("En administratör har ändrat ett konto på personalens sidor: {email}.", email=gaps["email"]),
        sentence("I loggen ser du vem som gjorde det och när."),
    )


def _staff_recovery_code(gaps: Gaps) -> tuple[Sentence, ...]:
    return (
        sentence("Någon har loggat in på personalens sidor med en av dina reservkoder."),
        counted("Du har {n} reservkod kvar.", "Du har {n} reservkoder kvar.", int(gaps["left"])),
        sentence("Var det inte du? Säg till kommunens administratör genast."),
    )


_LINES: Mapping[Letter, Callable[[Gaps], tuple[Sentence, ...]]] = {
    Letter.PLACED: _placed,
    Letter.WAITING: _waiting,
    Letter.OFFERED: _offered,
    Letter.GOT_PLACE: _got_place,
    Letter.LAPSED: _lapsed,
    Letter.WITHDRAWN: _withdrawn,
    Letter.MOVED: _moved,
    Letter.CHANGED: _changed,
    Letter.SESSION_CANCELLED: _session_cancelled,
    Letter.GROUP_CANCELLED: _group_cancelled,
    Letter.REMINDER: _reminder,
    Letter.MESSAGE: _message,
    Letter.FREE: _free,
    Letter.WISHED: _wished,
    Letter.SOMETHING_TO_READ: _something_to_read,
    Letter.STAFF_CODE: _staff_code,
    Letter.STAFF_CHANGED: _staff_changed,
    Letter.STAFF_TOLD: _staff_told,
    Letter.STAFF_RECOVERY_CODE: _staff_recovery_code,
}


def words_of(mail: Mail, kommun: str, link: str | None) -> Words:
    """Return the words of a mail from a kommun; `link` leads to the page that a code or a group opens."""
    lines = (sentence("Hej!"), *_LINES[mail.letter](mail.gaps))
    ending = sentence("Du kan inte svara på det här mejlet."), sentence("{kommun}", kommun=kommun)
    # An address stands alone on its line and as it is: what stands beside it, seen or unseen, would become part of it.
    way = () if link is None else (sentence("Här är sidan:"), link)
    return Words(sentence("Meddelande från {kommun}", kommun=kommun), (*lines, *way, *ending))
