from django.apps import AppConfig


class PowersConfig(AppConfig):
    name = "ggzy.oversight.powers"
    label = "powers"
    verbose_name = "权责清单和查阅"

    def ready(self) -> None:
        from ggzy.foundation.identity import services as identity
        from ggzy.oversight.powers.services import gate

        identity.guard(gate)
