"""What constraints mean: their parts, how they are rebuilt, what they accept, and which one contains which."""
