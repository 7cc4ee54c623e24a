"""数据交换: mappings out, gateways in.

Owns the wire.
Does not own the facts.
"""
