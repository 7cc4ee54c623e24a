"""核验程序: checks an exported dossier without the platform and without trusting it.

It imports nothing of the platform and shares no code with it, so that one mistake cannot be made twice.
Its only dependency is `cryptography`. What it checks and what it reads is in README.md.
"""
