from django.apps import AppConfig


class TenderingConfig(AppConfig):
    name = "ggzy.trading.tendering"
    label = "tendering"
    verbose_name = "招标采购"
