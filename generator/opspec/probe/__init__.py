"""The specs against an installed Enzyme: IR is built from a spec, and what Enzyme says of it is read.

`readings` understands Enzyme's messages, `drafts` are operations as text, `definitions` and `operations` ask about
one thing each, `driver` asks for all of them together, `items` hold the outcome.
"""
