"""Facts learnt from a binary against facts that TableGen gives: `python -m tests.learning` measures all dialects."""
