"""案卷、归档: one compiled file per lot, archived at the end.

Owns the derived view of all facts of a lot.
Does not own a single fact but the archiving.
"""
