"""The templates of ``production/`` are filled in completely, and their programs accept them."""

import pytest
import servers  # noqa: F401 (it makes scripts/production importable)
import shutil
import subprocess
import sys
from configuration import names
from configuration import render
from configuration import TEMPLATES
from pathlib import Path


SCRIPT = Path(TEMPLATES).parent / "scripts" / "production" / "configuration.py"
ALL = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.in"))


def test_each_template_is_explained():
    explained = (TEMPLATES / "README.md").read_text()
    assert [name for name in ALL if name not in explained] == []


@pytest.mark.parametrize("template", ALL)
def test_nothing_is_left_to_fill_in(template):
    assert "@value@" not in render(template, **dict.fromkeys(names(template), "value"))
    with pytest.raises(KeyError):
        render(template)


def test_who_forgets_a_value_is_told_which():
    ended = subprocess.run(
        [sys.executable, SCRIPT, "nginx/portal.conf.in", "listen=80", "cache_port=6081"],
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 1
    assert ended.stderr.strip() == "Say also: cache_host=… public_host=…"


def test_haproxy_accepts_its_configuration(tmp_path):
    values = dict.fromkeys(names("haproxy/haproxy.cfg.in"), "portal")
    values.update(
        {
            name: f"127.0.0.1:{8000 + number}"
            for number, name in enumerate(values)
            if "bind" in name
        },
        runtime=tmp_path,
        public_port="443",
        portal_servers="    server portal1 127.0.0.1:8281\n    server portal2 127.0.0.1:8282",
        portal_write_servers="    server portal1 127.0.0.1:8291",
        desk_servers="    server desk1 127.0.0.1:8283",
    )
    (tmp_path / "haproxy.cfg").write_text(render("haproxy/haproxy.cfg.in", **values))
    haproxy = shutil.which("haproxy") or "/usr/sbin/haproxy"
    said = subprocess.run(
        [haproxy, "-c", "-f", tmp_path / "haproxy.cfg"], capture_output=True, text=True
    )
    assert said.returncode == 0, said.stderr
    assert "WARNING" not in said.stderr
