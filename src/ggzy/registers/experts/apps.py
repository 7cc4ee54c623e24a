from django.apps import AppConfig


class ExpertsConfig(AppConfig):
    name = "ggzy.registers.experts"
    label = "experts"
    verbose_name = "专家库"
