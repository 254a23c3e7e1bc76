"""What pages of several wings show alike: contacts, how an insats is given, pictures."""
