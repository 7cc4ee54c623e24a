"""监管模型与预警.

Owns indicators and alerts.
Does not own cases.
"""
