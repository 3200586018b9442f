"""`python -m opspec`."""

from opspec.cli import main

main(prog_name="opspec")
