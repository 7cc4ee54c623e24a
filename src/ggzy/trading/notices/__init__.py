"""公告公示: drafting, publishing, correcting.

Owns what was told to the public; immutable once published.
Does not own why it was told.
"""
