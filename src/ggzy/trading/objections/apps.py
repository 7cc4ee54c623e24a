from django.apps import AppConfig


class ObjectionsConfig(AppConfig):
    name = "ggzy.trading.objections"
    label = "objections"
    verbose_name = "异议"
