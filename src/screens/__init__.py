"""统计筛查: what the distribution of the bids of one auction says, and how far it may be believed.

A program beside the platform: it imports nothing of it. Judging needs no library; fitting needs numpy.
What is measured, where it comes from and how well it does on proven cases is in docs/screens.md.
"""

from screens.distribution import measures
from screens.model import Model, likelihood_ratio, probability, supplied
from screens.values import Auction, Trouble

__all__ = ["Auction", "Model", "Trouble", "likelihood_ratio", "measures", "probability", "supplied"]
