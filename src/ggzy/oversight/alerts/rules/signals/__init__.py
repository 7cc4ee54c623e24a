"""电子投标信号 (domain 10 §6): what two or more bidders of one lot have in common. Pure; one module per source.

A signal is a clue. Each says how likely a violation is when it is seen alone (`weight`, of experience, to be
calibrated by decided cases) and to which family it belongs: signals of one family may have one cause.
"""
