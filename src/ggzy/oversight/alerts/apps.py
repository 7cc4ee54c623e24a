from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "ggzy.oversight.alerts"
    label = "alerts"
    verbose_name = "监管模型与预警"
