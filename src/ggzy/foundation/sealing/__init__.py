"""密封: suites, bid envelope, custody, opening, signer. Pure, no tables.

Owns how a bid is sealed and opened.
Does not own when: tendering decides that, and the custodians' own tools check it.

Read in this order: `plan` (who must turn a key, and when) · `envelope.seal` and `manifest` (what the
bidder's tool makes) · `content` and `package` (the files inside and around it) · `custody` and `case`
(what custodians hold and check) · `opening.open_part` (plaintext, or a finding with its evidence).
"""
