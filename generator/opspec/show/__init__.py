"""What `opspec show` finds, and how it shows it."""
