"""专家库: people, specialties, availability.

Owns who may be drawn.
Does not own the draw.
"""
