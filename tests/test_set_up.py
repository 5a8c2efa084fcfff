"""Set-up: what of a machine's settings counts, and what is said where it cannot be done."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import set_up

LISTED = (
    ":env:.index-url='https://variable.example/simple'",
    "global.index-url='https://file.example/simple'",
    "global.target='/elsewhere'",
    "global.user='true'",
    "global.require-virtualenv='true'",
    "global.constraint='/elsewhere.txt'",
    "install.no-binary=':all:'",
    "install.cert='/own.pem'",
    "global.cert='/other.pem'",
    "list.index-url='https://list.example'",
    "global.proxy='http://proxy.example:8080'",
)


def test_of_pip_s_settings_only_those_count_that_say_how_packages_are_reached():
    """A target, a constraint or "user" would put the packages elsewhere, or others."""
    assert set_up.reaching(LISTED) == {
        "index-url": "https://variable.example/simple",
        "cert": "/own.pem",
        "proxy": "http://proxy.example:8080",
    }


def test_uv_reaches_packages_as_pip_does_and_as_it_is_told_itself(monkeypatch):
    for name in list(set_up.os.environ):
        if name.startswith("UV_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("UV_CACHE_DIR", "/cache")
    monkeypatch.setenv("UV_TARGET", "/elsewhere")
    found = set_up.for_the_installer(set_up.reaching(LISTED))
    assert found == {
        "UV_DEFAULT_INDEX": "https://variable.example/simple",
        "SSL_CERT_FILE": "/own.pem",
        "ALL_PROXY": "http://proxy.example:8080",
        "UV_CACHE_DIR": "/cache",
    }
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://uv.example")
    found = set_up.for_the_installer(set_up.reaching(LISTED))
    assert found["UV_DEFAULT_INDEX"] == "https://uv.example"
    extra = {"extra-index-url": "file:///a https://b.example", "find-links": "/c /d"}
    found = set_up.for_the_installer(extra)
    assert (found["UV_INDEX"], found["UV_FIND_LINKS"]) == ("https://b.example", "/c,/d")


def test_the_lock_s_lines_of_one_package_are_taken_with_its_hashes():
    lock = (set_up.HERE / "requirements.lock").read_text("utf-8")
    lines = set_up.locked("uv", lock).splitlines()
    assert re.fullmatch(r"uv==[0-9.]+ \\", lines[0])
    assert len(lines) > 5
    assert all(line.startswith("    --hash=sha256:") for line in lines[1:])
    with pytest.raises(set_up.SetUpError, match="does not name nothing"):
        set_up.locked("nothing", lock)


@pytest.mark.parametrize("folder", ["/a/b:c", "/a\nb"])
def test_a_folder_in_which_no_environment_can_stand_is_told(folder):
    with pytest.raises(set_up.SetUpError, match="rename it"):
        set_up.check_folder(folder)
    set_up.check_folder("/a b/c'd\"e $f #g é %20")


def test_a_python_without_venv_is_told_with_what_to_install(monkeypatch):
    set_up.check_python()
    monkeypatch.setattr(set_up, "find_spec", lambda name: None if name == "ensurepip" else name)
    with pytest.raises(set_up.SetUpError, match=r"lacks ensurepip\. .* install python3\.\d+-venv"):
        set_up.check_python()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("ERROR: SSLError(CERTIFICATE_VERIFY_FAILED)", "pip config set global.cert"),
        ("[Errno 28] No space left on device", "Free some space"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "another index"),
        ("error: Failed to fetch: Connection refused", "Is the network there?"),
        ("ERROR: No matching distribution found\n[notice] A new pip", "Is the network"),
        ("Segmentation fault", "report it to the developers"),
        ("", "it did not say why"),
    ],
)  # fmt: skip
def test_what_fails_is_told_in_one_line_with_what_to_change(said, told):
    command = [sys.executable, "-c", f"import sys; sys.stderr.write({said!r}); sys.exit(1)"]
    with pytest.raises(set_up.SetUpError) as error:
        set_up.run(command, {}, "pip could not fetch the packages")
    assert told in str(error.value)
    assert "\n" not in str(error.value)
    assert "notice" not in str(error.value)
    assert not set_up.succeeds(command, {})
