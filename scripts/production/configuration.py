"""Fill in the configurations of ``production/``: ``@name@`` becomes a value.

Run: ``python scripts/production/configuration.py varnish/portal.vcl.in balancer_port=8081 … > portal.vcl``
"""

import re
import sys
from pathlib import Path


TEMPLATES = Path(__file__).parents[2] / "production"
_NAME = re.compile(r"@([a-z_]+)@")


def names(template: str) -> set[str]:
    """What a template asks for."""
    return set(_NAME.findall((TEMPLATES / template).read_text(encoding="utf-8")))


def render(template: str, **values: object) -> str:
    """The configuration.

    :raises KeyError: for a name without a value.
    """
    text = (TEMPLATES / template).read_text(encoding="utf-8")
    return _NAME.sub(lambda match: str(values[match[1]]), text)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    given = dict(argument.split("=", 1) for argument in sys.argv[2:])
    missing = sorted(names(sys.argv[1]) - set(given))
    if missing:
        sys.exit(f"Say also: {' '.join(f'{name}=…' for name in missing)}")
    print(render(sys.argv[1], **given), end="")
