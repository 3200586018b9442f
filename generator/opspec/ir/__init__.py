"""`opspec ir`: modules of a file, printed, verified, or written for another release, by the generated package."""
