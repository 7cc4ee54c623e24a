"""主体库: organisations, registered once, valid everywhere.

Owns names, codes, roles and basic accounts.
Does not own credit or people.
"""
