"""Facts of dialects asked of a binary: what its verifier says, one question at a time."""
