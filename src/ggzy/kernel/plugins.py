"""插件: the folder is the registry.

A variant (a method, a format, an indicator …) is one module that exports one value under an agreed
name. Adding the file is all there is to do.
"""

import importlib
import pkgutil
from types import ModuleType
from typing import Any


def discover(package: str | ModuleType, name: str) -> dict[str, Any]:
    """发现: the value `name` of every module in `package`, by its `code`, sorted by code.

    A module without the value, or two values with one code, is a mistake of ours and stops the start.
    """
    home = importlib.import_module(package) if isinstance(package, str) else package
    found: dict[str, Any] = {}
    for module_info in pkgutil.iter_modules(home.__path__, home.__name__ + "."):
        module = importlib.import_module(module_info.name)
        assert hasattr(module, name), f"{module_info.name} exports no {name}"
        value = getattr(module, name)
        assert value.code not in found, f"{module_info.name} repeats the code {value.code!r}"
        found[value.code] = value
    return dict(sorted(found.items()))
