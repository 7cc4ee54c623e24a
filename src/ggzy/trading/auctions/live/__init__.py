"""竞价室的值守进程: doors for bidders and watchers, and the one writer of its rooms."""

from ggzy.trading.auctions.live.doors import routes
from ggzy.trading.auctions.live.house import House

__all__ = ["House", "routes"]
