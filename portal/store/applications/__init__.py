"""Applications as they are kept: sealed rows and files, keys, paper, what is pushed and what is deleted."""
