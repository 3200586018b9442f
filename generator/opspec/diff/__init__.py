"""What changed between two specs, whom it breaks, and what to do.

Two sides are loaded (`sources`), their things paired (`matching`) and the names that the new side uses written as the
old side calls them (`align`). Each rule (`rules`) is one function over one kind of pair; `compare` runs them all.
"""
