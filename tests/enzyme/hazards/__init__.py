"""Kinds of derivatives that Enzyme gets wrong: the wrong number without mending, the right one or a refusal with it."""
