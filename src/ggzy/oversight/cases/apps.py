from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "ggzy.oversight.cases"
    label = "cases"
    verbose_name = "投诉、线索、双随机抽查"
