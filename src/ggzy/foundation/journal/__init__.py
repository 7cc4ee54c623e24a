"""全过程留痕: the journal, its tree, its signed checkpoints.

Owns entries, payloads, the head, checkpoints and receipts.
Does not own what a fact means: every app names its own facts.
"""
