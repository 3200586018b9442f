"""How fast everything is, as ratios to what it stands beside in the same run: `make bench`."""
