"""The one import contract we had to write ourselves: the built-in types cannot say "the same app"."""

from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class BorderContract(Contract):
    """Between two apps only the public modules may be imported."""

    public: Any = fields.SetField(subfield=fields.StringField())
    apps: Any = fields.SetField(subfield=fields.ModuleExpressionField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        apps = {
            module
            for expression in self.apps
            for module in graph.find_matching_modules(expression.expression)
        }
        crossings = [
            (importer, imported)
            for imported in sorted(graph.modules)
            if (home := _app_of(imported, apps)) and not self._is_public(imported, home)
            for importer in sorted(graph.find_modules_that_directly_import(imported))
            if _app_of(importer, apps) not in (home, None)
        ]
        return ContractCheck(kept=not crossings, metadata={"crossings": crossings})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["crossings"]:
            output.print_error(f"{importer} reaches into {imported}")

    def _is_public(self, module: str, home: str) -> bool:
        """The app itself says what it is; of what lies inside, only the public modules are for others."""
        return module == home or module[len(home) + 1 :].split(".", maxsplit=1)[0] in self.public


def _app_of(module: str, apps: set[str]) -> str | None:
    return next((app for app in apps if module == app or module.startswith(app + ".")), None)
