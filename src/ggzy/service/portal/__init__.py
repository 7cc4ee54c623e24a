"""门户: notices, lots, openings, verification.

Owns public pages and the public interface.
Does not own anything they show.
"""
