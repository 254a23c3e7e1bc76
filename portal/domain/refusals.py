"""What a person is told when a deed cannot be done: one small class for each."""

from dataclasses import dataclass
from typing import ClassVar

from portal.domain.sentences import Sentence, sentence


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field, and what to do about it."""

    field: str
    says: Sentence


class Refusal(Exception):
    """A deed that cannot be done now; `says` is what the page tells."""

    says: ClassVar[Sentence] = sentence("Det går inte just nu.")


class WrongFields(Exception):
    """Something that was typed cannot be as it is; `fields` names what is wrong."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        self.fields = fields
        super().__init__(", ".join(fields))


class NotTheSecond(Refusal):
    """Who proposed something, or whom it is about, cannot be the second who agrees."""

    says = sentence("En annan administratör måste säga ja.")


class ChangedMeanwhile(Refusal):
    """Somebody else has changed it since the page was made: both versions are shown, and nothing is undone unseen."""

    says = sentence("Någon annan har ändrat det här under tiden.")


class NoSuchGroup(Refusal):
    """There is no such group for the one who asks."""

    says = sentence("Den gruppen finns inte.")


class NoSuchPlace(Refusal):
    """No place has that code. It is never told whether one had it before."""

    says = sentence("Koden stämmer inte. Titta på koden och försök igen.")


class GroupIsFull(Refusal):
    """Neither a seat nor room in the line is left."""

    says = sentence("Gruppen är full. Kölistan är också full.")


class TooManyPlaces(Refusal):
    """One e-mail or phone number holds as many places as it may."""

    says = sentence("Den e-posten eller det numret har redan flera anmälningar. Ring oss om du behöver fler.")


class SlowDown(Refusal):
    """So much came at once that it must wait a little; nothing is kept of who sent it."""

    says = sentence("Det kommer mycket just nu. Vänta en stund och skicka igen.")


class OnlyWaitingIsLeft(Refusal):
    """No seat is left, but one can wait."""

    says = sentence("Gruppen är full. Du kan ställa dig i kö.")


class GroupHasBegun(Refusal):
    """The first meeting has begun: nobody can sign up any more."""

    says = sentence("Gruppen har börjat. Det går inte att anmäla sig längre.")


class GroupIsCancelled(Refusal):
    """The group will not be held."""

    says = sentence("Gruppen är inställd.")


class OfferHasEnded(Refusal):
    """The time to say yes has passed, and the place has gone on to the next in line."""

    says = sentence("Tiden för att svara har gått ut. Platsen gick till nästa i kön.")


class NothingIsOffered(Refusal):
    """There is no offer to say yes to."""

    says = sentence("Du har inget erbjudande att svara på just nu.")


class PlaceIsGone(Refusal):
    """The sign-up has ended, so nothing about it can be changed."""

    says = sentence("Du har inte längre någon plats i gruppen.")


class BadDetails(WrongFields, Refusal):
    """The form holds what it may not, or lacks what it must; `fields` names which."""

    says = sentence("Något i formuläret behöver ändras.")


class BadDraft(WrongFields, Refusal):
    """A group cannot be as the leader wrote it; `fields` names what is wrong."""

    says = sentence("Något i gruppen behöver ändras.")


class TooFewPlaces(Refusal):
    """More seats are taken than the new capacity has."""

    says = sentence("Fler platser är redan tagna.")


class SessionHasNotBegun(Refusal):
    """Nobody can have come to a meeting that has not begun."""

    says = sentence("Träffen har inte börjat än.")


class SessionIsCounted(Refusal):
    """A meeting whose attendance was counted is not taken away: the counts would go with it. Its text is the day."""

    says = sentence("Närvaron är räknad. Töm den först.")


class NoSuchSession(Refusal):
    """The group has no meeting of that id, or it is cancelled."""

    says = sentence("Den träffen finns inte.")


class NoSuchStaff(Refusal):
    """There is no such member of staff for the one who asks."""

    says = sentence("Den personen finns inte i personallistan.")


class AlreadyStaff(Refusal):
    """Somebody with that e-mail can sign in already, here or in another kommun."""

    says = sentence("Den e-posten används redan.")


class BadStaff(WrongFields, Refusal):
    """A member of staff cannot be as the form says; `fields` names what is wrong."""

    says = sentence("Något om personen behöver ändras.")


class NotOneself(Refusal):
    """Nobody ends or resets her own account: another administrator does, or the command line."""

    says = sentence("Du kan inte göra det med ditt eget konto.")


class NoSuchInvitation(Refusal):
    """No such code waits to be used. It is never told whether one did before."""

    says = sentence("Koden stämmer inte, eller så har den gått ut. Be om en ny kod.")


class BadContact(WrongFields, Refusal):
    """A contact or a closure cannot be as the form says; `fields` names what is wrong."""

    says = sentence("Något om kontakten behöver ändras.")


class NoSuchContact(Refusal):
    """The kommun has no such contact or closure."""

    says = sentence("Den kontakten finns inte.")


class NoSuchApplication(Refusal):
    """There is none for the one who asks: a wrong code, or another kommun's or unit's. Never told which."""

    says = sentence("Vi hittar ingen sådan ansökan.")


class ApplicationIsSent(Refusal):
    """It is no draft any more: what was written stays as it was sent."""

    says = sentence("Ansökan är redan skickad. Du kan lägga till mer.")


class ApplicationHasEnded(Refusal):
    """It is closed or withdrawn; one applies anew."""

    says = sentence("Den här ansökan är avslutad. Du kan göra en ny ansökan.")


class NotNow(Refusal):
    """The deed is not possible in the state that the application is in."""

    says = sentence("Det går inte som ansökan är nu.")


class BadApplication(Refusal):
    """The form lacks what it must have, or holds what it may not; `problems` names each field and what to say."""

    says = sentence("Något i ansökan behöver ändras.")

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(", ".join(problem.field for problem in problems))


class BadMessage(WrongFields, Refusal):
    """A message is empty, too long or no text; `fields` names what is wrong."""

    says = sentence("Skriv ett meddelande med vanliga tecken.")


class ConsentIsNeeded(Refusal):
    """It may be handed on only when the applicant has said yes (OSL 10 kap. 1 §)."""

    says = sentence("Fråga först om personen säger ja till att ni skickar vidare.")


class NotYetDeletable(Refusal):
    """No rule lets it go yet."""

    says = sentence("Ansökan får inte tas bort än.")


class BadFile(Refusal):
    """A file cannot come along."""

    says = sentence("Det gick inte att ta emot filen.")


class NoFilesHere(BadFile):
    """This kind takes no files."""

    says = sentence("Här kan du inte skicka filer.")


class NoSuchFile(BadFile):
    """There is no such file in the application."""

    says = sentence("Filen finns inte.")


class FileIsTooBig(BadFile):
    """The file is larger, or has more pages or points, than can be taken."""

    says = sentence("Filen är för stor. Ta en skärmbild av bilden, eller dela upp filen.")


class TooManyFiles(BadFile):
    """There are as many files as there can be."""

    says = sentence("Det är för många filer. Ta bort en, eller skicka resten senare.")


class UnknownFile(BadFile):
    """By its content it is neither PNG, JPEG nor PDF."""

    says = sentence("Vi kan ta emot bilder (JPEG, PNG) och PDF.")


class BrokenFile(BadFile):
    """It says that it is a picture or a PDF, but cannot be read as one."""

    says = sentence("Filen går inte att läsa. Ta en bild av pappret i stället.")


class LockedFile(BadFile):
    """A PDF with a password, or one that shows nothing without a special program."""

    says = sentence("Filen är låst. Ta en bild av pappret i stället.")


class FilesAreWaiting(Refusal):
    """Files of an application are not looked through yet."""

    says = sentence("Vi går igenom dina filer. Vänta en stund och skicka sedan.")
