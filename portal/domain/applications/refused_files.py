"""Files that are not taken as they are, each with what to do instead."""

from portal.domain.refusals import BadFile
from portal.domain.sentences import sentence


class NoFileChosen(BadFile):
    """The form was sent without a file, or with an empty one."""

    says = sentence("Välj en fil först. Den får inte vara tom.")


class OtherPicture(BadFile):
    """A picture in a format that is not taken: HEIC, AVIF, WebP, GIF, TIFF."""

    says = sentence("Vi kan inte läsa den sortens bild. Ta en skärmbild av den, eller spara den som PDF.")


class OtherDocument(BadFile):
    """A document that a word processor or a zip program has written."""

    says = sentence("Vi kan inte läsa den sortens dokument. Spara det som PDF, eller ta en bild av pappret.")


class FilledInFile(BadFile):
    """A form whose typed text nobody has drawn, in letters or of a length that we cannot draw."""

    says = sentence("Vi kan inte visa det du har fyllt i. Skriv ut filen som PDF, eller ta en bild av pappret.")
