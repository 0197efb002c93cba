"""A throw-away PostgreSQL for tests: that of ``scripts/production``, see there."""

from pathlib import Path
from runpy import run_path


PostgreSQL = run_path(str(Path(__file__).parents[2] / "scripts" / "production" / "postgresql.py"))[
    "PostgreSQL"
]
