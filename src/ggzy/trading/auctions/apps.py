from django.apps import AppConfig


class AuctionsConfig(AppConfig):
    name = "ggzy.trading.auctions"
    label = "auctions"
    verbose_name = "拍卖、挂牌、竞价"
