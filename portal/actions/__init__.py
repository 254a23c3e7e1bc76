"""What a person does, one function each: load, ask the domain, save, commit, tell."""
