from django.apps import AppConfig


class CreditConfig(AppConfig):
    name = "ggzy.registers.credit"
    label = "credit"
    verbose_name = "信用库"
