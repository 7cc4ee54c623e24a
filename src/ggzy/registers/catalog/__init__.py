"""目录: categories, thresholds, rulebooks, regions and holidays.

Owns the law as data.
Does not own what the law does to a lot.
"""
