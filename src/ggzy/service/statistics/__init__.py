"""统计分析.

Owns figures.
Does not own what they count.
"""
