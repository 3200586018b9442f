"""The frozen model of a dialect, its construction and its checks."""
