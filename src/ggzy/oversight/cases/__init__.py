"""投诉、线索、双随机抽查: one kind of case, whatever its origin.

Owns the brake on a lot.
Does not own any trading row.
"""
