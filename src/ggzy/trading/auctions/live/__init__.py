"""竞价室的值守进程: doors for bidders and watchers, and behind them the one writer of its rooms."""

from ggzy.trading.auctions.live.committer import Committer
from ggzy.trading.auctions.live.doors import routes
from ggzy.trading.auctions.live.house import House
from ggzy.trading.auctions.live.line import Line

__all__ = ["Committer", "House", "Line", "routes"]
