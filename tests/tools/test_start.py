"""What the scripts say when they can't go on: one clear line, and an exit code that isn't 0."""

import os
import pytest
import shutil
import socket
import subprocess
from pathlib import Path


ROOT = Path(__file__).parents[2]
PROGRAMS = "bash sh env dirname id cat cut sha256sum grep head tail mktemp rm".split()


@pytest.fixture()
def clone(tmp_path):
    """The scripts and what they read, without anything that is installed or built."""
    home = tmp_path / "clone"
    home.mkdir()
    for name in ("setup.py", "buildout.cfg", "README.rst", "CHANGES.rst"):
        shutil.copy(ROOT / name, home)
    for path in ROOT.glob("requirements*"):
        shutil.copy(path, home)
    shutil.copytree(ROOT / "scripts", home / "scripts")
    return home


@pytest.fixture()
def bare(tmp_path):
    """A PATH with the most common programs only: no compiler, no Python, no apt-get."""
    folder = tmp_path / "programs"
    folder.mkdir()
    for name in PROGRAMS:
        (folder / name).symlink_to(shutil.which(name))
    return folder


def run(home, script, *arguments, **environment):
    return subprocess.run(
        [shutil.which("bash"), f"scripts/{script}", *arguments],
        cwd=home,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def refusal(done) -> str:
    """The one line that says why, after the steps that went well."""
    assert done.returncode != 0, done.stdout
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("✗ ")
    return lines[0]


def test_a_port_that_another_program_holds_is_named_with_another_to_choose(clone):
    (clone / ".venv").symlink_to(ROOT / ".venv")
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        line = refusal(run(clone, "start.sh", PORT=str(port)))
    assert f"Port {port} is taken" in line
    assert "PORT=" in line


@pytest.mark.parametrize("port", ["http", "70000", "-1"])
def test_what_is_no_port_is_refused(clone, port):
    (clone / ".venv").symlink_to(ROOT / ".venv")
    assert f"Port {port} " in refusal(run(clone, "start.sh", PORT=port))


def test_without_a_python_that_fits_it_says_which_ones_do(clone, bare):
    line = refusal(run(clone, "install.sh", "run", PATH=str(bare), NO_APT="1"))
    assert "Python 3.10 to 3.13" in line


def test_without_a_compiler_it_says_what_to_install(clone, bare):
    (bare / "python3").symlink_to(ROOT / ".venv/bin/python")
    line = refusal(run(clone, "install.sh", "run", PATH=str(bare), NO_APT="1"))
    assert "No C compiler" in line
    assert "gcc" in line


def test_where_nothing_may_be_installed_it_names_what_works_without(clone, bare):
    (bare / "python3").symlink_to(ROOT / ".venv/bin/python")
    done = run(clone, "install.sh", "run", PATH=str(bare), NO_APT="1")
    assert "libreoffice-writer" in done.stdout
    assert "everything works but documents as PDF" in done.stdout


def test_without_a_network_it_says_that_the_registry_is_out_of_reach(clone):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{closed.getsockname()[1]}/simple"
        unreachable = {
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_FIND_LINKS": "",
            "PIP_INDEX_URL": nowhere,
            "PIP_NO_CACHE_DIR": "1",
            "PIP_RETRIES": "0",
        }
        line = refusal(run(clone, "install.sh", "run", NO_APT="1", **unreachable))
    assert "no network?" in line


@pytest.mark.parametrize(
    "file, said",
    [
        ({}, "FILE="),
        ({"FILE": "nowhere.json"}, "nowhere.json"),
        ({"FILE": "setup.py"}, "make start"),
    ],
)
def test_an_import_that_can_t_be_done_says_what_is_missing(clone, file, said):
    assert said in refusal(run(clone, "import.sh", **file))


def test_stopping_what_does_not_run_is_no_error(clone):
    done = run(clone, "stop.sh")
    assert done.returncode == 0
    assert "Nothing is running" in done.stdout


def test_a_number_of_a_process_that_is_another_program_by_now_is_not_stopped(clone):
    (clone / "var").mkdir()
    (clone / "var/start.pid").write_text(f"{os.getpid()} 8080\n")
    done = run(clone, "stop.sh")
    assert "Nothing is running" in done.stdout
    assert not (clone / "var/start.pid").exists()


def test_the_secret_of_the_portal_is_made_once_and_readable_by_its_owner_only(clone):
    run(clone, "stop.sh")
    secret = clone / "var/portal-password"
    made = secret.read_text()
    assert len(made.strip()) >= 20
    assert secret.stat().st_mode & 0o077 == 0
    run(clone, "stop.sh")
    assert secret.read_text() == made
