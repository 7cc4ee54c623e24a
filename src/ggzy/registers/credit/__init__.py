"""信用库: records and bans.

Owns what is on record about a party and since when.
Does not own cases: oversight decides those.
"""
