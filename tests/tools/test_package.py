"""The repository as others get it: the built package, its metadata, and documentation that is true to it."""

import pytest
import re
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path


ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src"
FLOW = "sources content workflow pseudonym publishing portal opendata desk documents".split()
DOCUMENTS = [ROOT / "README.rst", *sorted((ROOT / "docs").rglob("*.md"))]


@cache
def tracked() -> tuple[str, ...]:
    """The files that git knows, below src."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "src"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(listed.stdout.splitlines())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    # From a copy: setuptools leaves a build folder behind.
    copy = tmp_path_factory.mktemp("copy")
    for name in tracked():
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_bytes((ROOT / name).read_bytes())
    for name in "setup.py pyproject.toml MANIFEST.in README.rst CHANGES.rst LICENSE".split():
        (copy / name).write_bytes((ROOT / name).read_bytes())
    program = [sys.executable, "setup.py", "-q", "bdist_wheel", "--dist-dir", str(folder)]
    done = subprocess.run(program, cwd=copy, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        yield archive


def test_the_package_holds_every_file_of_the_source(wheel):
    wanted = {name.removeprefix("src/") for name in tracked()}
    assert {Path(name).suffix for name in wanted} >= {".py", ".zcml", ".xml", ".pt", ".css", ".po"}
    assert wanted - set(wheel.namelist()) == set()


def test_the_package_is_a_namespace_below_collective_with_its_licence(wheel):
    names = wheel.namelist()
    assert "collective/__init__.py" not in names
    assert any(name.endswith("LICENSE") for name in names)


def test_the_sub_packages_tell_the_flow():
    for name in FLOW:
        assert (SOURCE / "collective/deliberation" / name / "__init__.py").is_file(), name


def test_the_newest_entry_of_the_changelog_is_the_version():
    (version,) = re.findall(r'version="([^"]+)"', (ROOT / "setup.py").read_text())
    newest = re.search(r"^(\d\S+) \(.+\)$", (ROOT / "CHANGES.rst").read_text(), re.MULTILINE)
    assert newest.group(1) == version.removesuffix(".dev0")


def test_links_and_pictures_of_the_documentation_lead_somewhere():
    seen = set()
    for document in DOCUMENTS:
        pattern = r"\]\(([^)\s]+)\)" if document.suffix == ".md" else r"<([^<>\s]+)>`_"
        for target in re.findall(pattern, document.read_text()):
            if "://" not in target:
                place = (document.parent / target.split("#")[0]).resolve()
                assert place.exists(), f"{document.name}: {target}"
                seen.add(place)
    # Each document and picture is also reached from another.
    there = {*(ROOT / "docs").rglob("*.md"), *(ROOT / "docs").rglob("*.png")}
    assert there - seen == {ROOT / "docs/README.md"}


def test_every_command_of_make_is_in_the_reference():
    commands = re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert {"start", "stop", "test", "check", "import", "lock", "clean"} <= set(commands)
    reference = (ROOT / "docs/reference/commands.md").read_text()
    assert [name for name in commands if f"`make {name}" not in reference] == []


def test_every_refusal_of_the_portal_is_in_the_reference():
    code = "".join(path.read_text() for path in SOURCE.rglob("portal/**/*.py"))
    types = set(re.findall(r'Refusal\(\s*\d{3},\s*"(\w+)"', code))
    assert len(types) > 8
    reference = (ROOT / "docs/reference/published-services.md").read_text()
    assert [name for name in sorted(types) if f"`{name}`" not in reference] == []
