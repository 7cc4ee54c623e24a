"""演练: real notices read as published, each lot driven to its lawful end at simulated time.

Reads files, plans a calendar, walks the ordinary commands, checks the pages.
Owns nothing: every row it leaves was written by a command.
"""
