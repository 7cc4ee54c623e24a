"""监管指标: one file each; the folder is the registry.

A module exports INDICATOR and either `inspect(record, params, at)`, about one lot, or
`collect(record)` and `conclude(notes, params)`, about many, or `compare(entry, lots, params)`, about an entry
of another register. One about many also has `circle(note_key, key)` where whom it is about is not all of both keys.
All are pure: no database, clock, network.
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from ggzy.oversight.alerts.values import Model


@cache
def models() -> dict[str, Model]:
    """全部模型 by code. A file without its parts, or a code given twice, stops the start."""
    found: dict[str, Model] = {}
    for info in iter_modules(__path__, __name__ + "."):
        module = import_module(info.name)
        model = Model(
            module.INDICATOR,
            getattr(module, "inspect", None),
            getattr(module, "collect", None),
            getattr(module, "conclude", None),
            getattr(module, "compare", None),
            getattr(module, "circle", None),
        )
        does = (model.inspect, model.collect and model.conclude, model.compare)
        assert sum(part is not None for part in does) == 1, f"{info.name} must export one way of looking"
        assert (model.collect is None) == (model.conclude is None), f"{info.name} collects or concludes alone"
        assert model.code not in found, f"{info.name} repeats the code {model.code!r}"
        found[model.code] = model
    return dict(sorted(found.items()))
