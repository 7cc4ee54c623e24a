from django.apps import AppConfig


class AuctionsConfig(AppConfig):
    name = "ggzy.trading.auctions"
    label = "auctions"
    verbose_name = "拍卖、挂牌、竞价"

    def ready(self) -> None:
        """Who may open the papers of an application is this app's rule."""
        from ggzy.foundation.vault import services as vault
        from ggzy.trading.auctions.queries import sales

        vault.let_read("auctions", sales.may_read)
