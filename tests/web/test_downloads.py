"""A file keeps its name, whatever letters it is written in."""

from flask import Response
from werkzeug.http import parse_options_header

from portal.web.downloads import attached

NAMES = (
    "statistik.csv",
    "intyg åäö.jpg",
    'så kallat "intyg".pdf',
    "شهادة.pdf",
    "a\\b%41.png",
    "rad\r\nSet-Cookie: x.pdf",
)


def test_a_name_comes_whole_and_a_header_holds_only_ascii() -> None:
    for name in NAMES:
        header = attached(Response(), name).headers["Content-Disposition"]
        assert header.isascii()
        assert header.isprintable()
        kind, options = parse_options_header(header)
        assert (kind, options["filename"]) == ("attachment", name)
        assert header.startswith('attachment; filename="')
