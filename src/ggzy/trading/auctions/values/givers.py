"""随机数提供方: under what names nonces for drawing lots are given, and how a reader calls them."""

PLATFORM = "platform"
PADDLE = "paddle/"
"""A bidder gives its nonce under its paddle: nobody learns whose it is."""
NAMES = {PLATFORM: "平台", "centre": "交易中心", "owner": "出让（采购）方", "supervisor": "行政监督部门"}


def paddle_party(number: int) -> str:
    """提供方 of a bidder."""
    return f"{PADDLE}{number}"


def giver_name(party: str) -> str:
    """提供方的名称: of a bidder its paddle."""
    return f"{party.removeprefix(PADDLE)} 号牌" if party.startswith(PADDLE) else NAMES[party]
