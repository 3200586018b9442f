"""Names: decided once, here."""
