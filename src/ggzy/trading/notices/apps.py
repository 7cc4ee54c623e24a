from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "ggzy.trading.notices"
    label = "notices"
    verbose_name = "公告公示"
