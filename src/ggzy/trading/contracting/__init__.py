"""定标、合同、履约: publicity, award, contract, performance.

Owns what follows the report.
Does not own the archive.
"""
