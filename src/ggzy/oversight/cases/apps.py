from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "ggzy.oversight.cases"
    label = "cases"
    verbose_name = "投诉、线索、双随机抽查"

    def ready(self) -> None:
        from ggzy.foundation.identity import services as identity
        from ggzy.oversight.cases.services import gate

        identity.guard(gate)
