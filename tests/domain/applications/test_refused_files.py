"""Files that are not taken: each refusal says what is wrong and what to do, and no two say the same."""

from portal.domain.applications.refused_files import FilledInFile, NoFileChosen, OtherDocument, OtherPicture
from portal.domain.refusals import BadFile
from portal.domain.sentences import in_swedish

KINDS = (NoFileChosen, OtherPicture, OtherDocument, FilledInFile)


def test_each_says_what_to_do() -> None:
    said = [in_swedish(kind.says) for kind in KINDS]
    assert len(set(said)) == len(KINDS)
    assert all(issubclass(kind, BadFile) for kind in KINDS)
    for text in said:
        parts = text.removesuffix(".").split(". ")
        assert len(parts) == 2
        assert all(len(part.split()) <= 13 for part in parts)
    assert all("PDF" in text for text in said[1:])
