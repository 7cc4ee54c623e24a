"""站内信、短信.

Owns delivery.
Does not own the occasion.
"""
