"""雷同: how alike the texts of bid files are once the tender's own text is taken out, and in which passages.

A program's part that imports nothing of the platform; it needs numpy. Every pair is counted exactly.
"""

from likeness.comparing import compare
from likeness.values import Pair, Passage

__all__ = ["Pair", "Passage", "compare"]
