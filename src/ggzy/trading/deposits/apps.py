from django.apps import AppConfig


class DepositsConfig(AppConfig):
    name = "ggzy.trading.deposits"
    label = "deposits"
    verbose_name = "保证金、保函"
