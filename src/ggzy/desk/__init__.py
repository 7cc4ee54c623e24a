"""工作台: composes everything; one board per role.

Owns pages that see all floors, and the verbs demo and rehearse.
Does not own a single row.
"""
