"""Values and IR that satisfy constraints: the samples that tests, examples and probes are made from."""
