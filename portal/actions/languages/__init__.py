"""What readers report, and the words that mails are written in."""
