"""保证金、保函: securing, releasing, forfeiting.

Owns a small ledger and the bank gateways.
Does not own who may bid.
"""
