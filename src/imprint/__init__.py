"""文件痕迹: what opened bids say of who made them. A bounded program beside the platform (python -m imprint).

It reads files that anybody may have prepared, so it runs alone: little memory, little time, nothing to write.
Imports nothing of the platform; documents come as places in files, answers go out as JSON.
"""
