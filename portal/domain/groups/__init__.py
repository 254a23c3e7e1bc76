"""Groups: what they are like, who gets a place or waits, what is offered, how many came, what is wished for."""
