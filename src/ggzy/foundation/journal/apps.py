from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps


class JournalConfig(AppConfig):
    name = "ggzy.foundation.journal"
    label = "journal"
    verbose_name = "全过程留痕"

    def ready(self) -> None:
        """Every process can read every fact: the kinds of all apps are declared before the first is read."""
        for config in apps.get_app_configs():
            if config.name.startswith("ggzy.") and find_spec(f"{config.name}.events"):
                import_module(f"{config.name}.events")
