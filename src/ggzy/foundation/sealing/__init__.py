"""密封: suites, bid envelope, custody, opening, signer. Pure, no tables.

Owns how a bid is sealed and opened.
Does not own when: tendering decides that.
"""
