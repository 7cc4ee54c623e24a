from django.apps import AppConfig


class ContractingConfig(AppConfig):
    name = "ggzy.trading.contracting"
    label = "contracting"
    verbose_name = "定标、合同、履约"
