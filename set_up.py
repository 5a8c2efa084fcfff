"""Set up: makes `.venv` from requirements.lock, whatever the machine has set up for other things.

`make` runs it, with the Python that is to be used; it needs nothing but that. Of the settings of
pip, uv and Python only those count that say how to reach the packages. What goes wrong is told in
one line, with what to change. The environment is whole once `.venv/ready` is there.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
REACHES = (
    *("index-url", "extra-index-url", "find-links", "no-index", "trusted-host"),
    *("proxy", "cert", "client-cert", "timeout", "default-timeout", "retries", "keyring-provider"),
)
"""The settings of pip that say how packages are reached."""
UV_REACHES = re.compile(
    "UV_(DEFAULT_INDEX|INDEX(_.*)?|EXTRA_INDEX_URL|FIND_LINKS|INSECURE_HOST|SYSTEM_CERTS|NATIVE_TLS"
    "|HTTP_.*|OFFLINE|CACHE_DIR|NO_CACHE|LINK_MODE|KEYRING_PROVIDER|CONCURRENT_.*)"
)
_OF_OTHERS = re.compile("(PYTHON|PIP_|UV_|CONDA_|VIRTUAL_ENV|__PYVENV_).*")


class SetUpError(Exception):
    """Something that the user can change; its text is all they need to see."""


def main() -> int:
    """Make the environment anew; return 0, or 1 after one line that says what to change."""
    try:
        check_python()
        check_folder(str(HERE))
        make(HERE / ".venv")
    except SetUpError as error:
        print(f"Set-up: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f'Set-up: cannot write "{error.filename}": {error.strerror}.', file=sys.stderr)
        return 1
    return 0


def check_python() -> None:
    """Raise SetUpError if this Python cannot make an environment."""
    lacking = [name for name in ("venv", "ensurepip") if not find_spec(name)]
    if lacking:
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        raise SetUpError(
            f"{sys.executable} lacks {' and '.join(lacking)}. On Debian and Ubuntu: "
            f"sudo apt install {version}-venv; or name another: make PYTHON=python3.12 report."
        )


def check_folder(folder: str) -> None:
    """Raise SetUpError if no environment can stand in a folder of this name."""
    for character, name in ((os.pathsep, f'"{os.pathsep}"'), ("\n", "a line break")):
        if character in folder:
            what = f"the name of the project's folder, or of one above it, holds {name}"
            raise SetUpError(f"{what}, with which Python makes no environment: rename it.")


def make(venv: Path) -> None:
    """Make the environment, with exactly what the lock names, and say that it is whole."""
    if not os.access(venv.parent, os.W_OK):
        raise SetUpError(f'cannot write into "{venv.parent}": copy the project to your own folder.')
    if venv.is_symlink() or venv.is_file():
        venv.unlink()
    shutil.rmtree(venv, ignore_errors=True)
    plain = {name: value for name, value in os.environ.items() if not _OF_OTHERS.fullmatch(name)}
    run([sys.executable, "-I", "-m", "venv", str(venv)], plain, "Python could not make .venv")
    python = str(venv / "bin" / "python")
    reach = pip_settings(python)
    pip = [python, "-I", "-m", "pip", "install", "--quiet", "--require-hashes", "--no-deps"]
    for_pip = {**plain, **as_variables("PIP", reach), "PIP_CONFIG_FILE": os.devnull}
    for_pip |= {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_RETRIES": reach.get("retries", "2")}
    (venv / "uv.txt").write_text(locked("uv", (HERE / "requirements.lock").read_text("utf-8")))
    run([*pip, "-r", str(venv / "uv.txt")], for_pip, "pip could not fetch the packages")
    uv = [python, "-I", "-m", "uv", "pip", "install", "--quiet", "--python", python, "--no-deps"]
    for_uv = {**plain, **for_the_installer(reach), "UV_NO_CONFIG": "1"}
    lock = ["--require-hashes", "-r", "requirements.lock"]
    if not succeeds([*uv, *lock], for_uv):  # pip knows mirrors and certificates that uv does not
        print("Set-up: fetching with pip, which takes some minutes.", file=sys.stderr)
        run([*pip, "-r", "requirements.lock"], for_pip, "pip could not fetch the packages")
    own = [*uv, "--offline", "--no-build-isolation", "--editable", "."]
    run(own, for_uv, "the project could not be installed")


def pip_settings(python: str) -> dict[str, str]:
    """Return what the user's settings of pip say of how packages are reached."""
    listed = [python, "-I", "-m", "pip", "--disable-pip-version-check", "config", "list"]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(listed, env=plain, capture_output=True, text=True)
    if done.returncode:
        said = " ".join(done.stderr.removeprefix("ERROR:").split())[:300]
        raise SetUpError(f"pip cannot read its own settings: {said} Mend or remove that file.")
    return reaching(done.stdout.splitlines())


def reaching(lines: Iterable[str]) -> dict[str, str]:
    """Return the settings that say how packages are reached, of those that pip lists.

    Those for installing stand above those for all commands, and variables above both.
    """
    ranks = {"global": 0, "install": 1, ":env:": 2}
    found: dict[str, tuple[int, str]] = {}
    for line in lines:
        match = re.fullmatch(r"([^.]+)\.([a-z-]+)=(.*)", line)
        if match and match[2] in REACHES and match[1] in ranks:
            held = found.get(match[2], (-1, ""))
            found[match[2]] = max(held, (ranks[match[1]], _unquoted(match[3])))
    return {name: value for name, (_, value) in found.items()}


def _unquoted(value: str) -> str:
    try:
        return str(ast.literal_eval(value))
    except (ValueError, SyntaxError):
        return value


def as_variables(tool: str, settings: Mapping[str, str]) -> dict[str, str]:
    """Return settings as the variables that a tool reads."""
    return {f"{tool}_{name.upper().replace('-', '_')}": text for name, text in settings.items()}


def for_the_installer(reach: Mapping[str, str]) -> dict[str, str]:
    """Return the variables by which uv reaches the packages as pip does, and as it is told itself.

    What is set for uv stands above what is set for pip.
    """
    names = {
        "index-url": "UV_DEFAULT_INDEX",
        "extra-index-url": "UV_INDEX",
        "find-links": "UV_FIND_LINKS",
        "trusted-host": "UV_INSECURE_HOST",
        "proxy": "ALL_PROXY",
        "cert": "SSL_CERT_FILE",
        "keyring-provider": "UV_KEYRING_PROVIDER",
    }
    found = {names[name]: text for name, text in reach.items() if name in names}
    own = {name: text for name, text in os.environ.items() if UV_REACHES.fullmatch(name)}
    if "find-links" in reach:
        found["UV_FIND_LINKS"] = ",".join(reach["find-links"].split())
    # uv stops at a package that a folder of packages lacks; pip goes on, and is tried after it.
    served = [url for url in found.pop("UV_INDEX", "").split() if not url.startswith("file:")]
    if served:
        found["UV_INDEX"] = " ".join(served)
    return {**found, **own}


def locked(name: str, lock: str) -> str:
    """Return the lines of a lock that pin a package, with its hashes."""
    entry = re.search(rf"^{name}==.*(?:\n[ ]+--hash=.*)*", lock, re.M)
    if not entry:
        raise SetUpError(f"requirements.lock does not name {name}: take it back from the project.")
    return entry[0] + "\n"


def run(command: list[str], variables: Mapping[str, str], failed: str) -> None:
    """Run a command; raise SetUpError with the last line of what it said if it fails."""
    done = subprocess.run(command, env=dict(variables), cwd=HERE, capture_output=True, text=True)
    if done.returncode:
        said = last_line(done.stderr or done.stdout)
        raise SetUpError(f"{failed}: {said} {advice(done.stderr + done.stdout)}")


def succeeds(command: list[str], variables: Mapping[str, str]) -> bool:
    """Whether a command succeeds; what it says is not shown."""
    done = subprocess.run(command, env=dict(variables), cwd=HERE, capture_output=True)
    return done.returncode == 0


def last_line(said: str) -> str:
    """Return the last line of what a command said that is no notice, with a full stop."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    told = [line for line in lines if not line.startswith(("[notice]", "WARNING", "hint:"))]
    last = (told or lines or ["it did not say why"])[-1]
    return last if last.endswith((".", "!")) else f"{last}."


def advice(said: str) -> str:
    """Return what to change, by what a command said."""
    if re.search("certificate|SSL", said, re.I):
        return "Name your organisation's certificates: pip config set global.cert FILE."
    if re.search("No space left|Errno 28", said):
        return "Free some space on this disk."
    if re.search("hash", said, re.I):
        return "The file differs from the one that was locked: try another index or mirror."
    if re.search("connect|resol|network|timed out|No matching distribution|proxy", said, re.I):
        return (
            "Is the network there? A mirror or a proxy is named by: pip config set "
            "global.index-url URL, or global.proxy URL."
        )
    return "Remove the folder .venv and run make again; if it stays, report it to the developers."


if __name__ == "__main__":
    sys.exit(main())
