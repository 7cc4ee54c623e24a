from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "ggzy.trading.evaluation"
    label = "evaluation"
    verbose_name = "评标评审"
