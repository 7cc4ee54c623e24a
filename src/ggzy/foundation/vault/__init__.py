"""文件库: documents by digest.

Owns bytes and their names; knows nothing of what they mean.
A sealed document stays sealed until its moment.
"""
