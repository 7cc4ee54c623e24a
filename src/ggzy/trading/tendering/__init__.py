"""招标采购: announce, submit, close, open.

Owns tenders, sealed bids and the opening.
Does not own the ranking.
"""
