from django.apps import AppConfig


class DossierConfig(AppConfig):
    name = "ggzy.trading.dossier"
    label = "dossier"
    verbose_name = "案卷、归档"
