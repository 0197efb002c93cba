"""Compile the translations that Zope would compile at its start.

Once, before several processes start together: each would compile the same files, and read what another has half
written. Run: ``.venv/bin/python scripts/compile_translations.py``.
"""

import sysconfig
from pathlib import Path
from zope.i18n.compile import compile_mo_file


SOURCE = Path(__file__).parents[1] / "src"

for root in (SOURCE, Path(sysconfig.get_paths()["purelib"])):
    for catalog in root.rglob("locales/*/LC_MESSAGES/*.po"):
        compile_mo_file(catalog.stem, str(catalog.parent))
