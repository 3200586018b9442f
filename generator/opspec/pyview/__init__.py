"""How a dialect looks in Python: the view that several emitters share."""
