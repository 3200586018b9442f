"""The reference, in Markdown."""
