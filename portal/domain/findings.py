"""What is found wrong or doubtful in a catalogue: the errors stop a release."""

from dataclasses import dataclass

from portal.domain.sentences import Sentence, in_swedish

ERROR = "error"


WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong (an error, which stops a release) or doubtful (a warning, for the nämnd to decide)."""

    severity: str
    file: str
    place: str
    says: Sentence
    paragraph: str | None = None

    @property
    def line(self) -> str:
        """Return the finding as one line: file, place, what is wrong, paragraph."""
        where = f"{self.file}: {self.place}" if self.place else self.file
        return f"{where}: {in_swedish(self.says)}" + (f" [{self.paragraph}]" if self.paragraph else "")
