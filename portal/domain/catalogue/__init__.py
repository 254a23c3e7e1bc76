"""What kommuner offer and to whom: insatser, contacts, questions and answers, conditions, opening hours."""
