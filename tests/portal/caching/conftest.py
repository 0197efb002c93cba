"""The samples of the pages, published on the portal over HTTP."""

import sys
from pathlib import Path
from runpy import run_path


PAGES = Path(__file__).parent.parent / "pages"
sys.path.insert(0, str(PAGES))
globals().update(
    {name: value for name, value in run_path(str(PAGES / "conftest.py")).items() if name == "site"}
)
