"""开标密钥保管人的工具: runs on the holder's own machine and believes nothing the platform says.

Makes a key for each tender, signs it, and releases shares only when its own checks allow it.
Imports the platform's `kernel` and `sealing`, and nothing else of it.
"""
