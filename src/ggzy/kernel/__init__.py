"""共同词汇: the vocabulary every floor shares.

Standard library only, except SM3, which comes from `cryptography`.
It never reads a clock, a file, a database or a random source.
"""
