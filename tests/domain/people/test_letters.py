"""A mail is a letter with gaps; its words come later."""

from portal.domain.people.letters import Letter, Mail


def test_a_mail_has_no_gaps_and_may_be_told_again_unless_it_says_otherwise() -> None:
    mail = Mail(Letter.LAPSED, "exempel@example.se", "sv", "solbacka")
    assert (dict(mail.gaps), mail.once) == ({}, None)
    assert Letter("lapsed") is Letter.LAPSED
