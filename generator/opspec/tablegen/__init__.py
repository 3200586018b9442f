"""TableGen records in, a dialect's facts out."""
