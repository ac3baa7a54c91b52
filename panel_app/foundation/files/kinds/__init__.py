"""One file per kind of evidence. Importing this package registers them all.

A new kind is a module here with a class under `@evidence_kind`, and a test.
"""

import importlib
import pkgutil

for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")
