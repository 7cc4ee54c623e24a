from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "ggzy.registers.parties"
    label = "parties"
    verbose_name = "主体库"
