"""投标文件加密工具: works offline on the bidder's own machine (电子招标投标办法 §26).

Makes a signing key, seals a bid to the published opening plan, and checks that the bidder's key opens it.
Imports the platform's `kernel` and `sealing`, and nothing else of it.
"""
