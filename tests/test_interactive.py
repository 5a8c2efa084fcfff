"""A kernel that an analyst works with: the project is in reach, and an edited module is seen."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager

from tests.copies import project_copied

pytestmark = pytest.mark.slow
SECONDS = 90


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a copy of the project, to be edited."""
    return project_copied(tmp_path / "project", "tests")


@pytest.fixture
def kernel(project: Path) -> Iterator[BlockingKernelClient]:
    """Return a kernel as JupyterLab starts one for a notebook, in the folder of the notebooks."""
    manager = KernelManager(kernel_name="python3")
    own = {"PYTHONPATH": str(project), "IPYTHONDIR": str(project / "ipython")}
    manager.start_kernel(cwd=str(project / "notebooks"), env={**os.environ, **own})
    client = manager.blocking_client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=SECONDS)
        yield client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def said(kernel: BlockingKernelClient, code: str) -> str:
    """Return what a cell prints; fail with what it raises."""
    printed: list[str] = []

    def heard(message: dict[str, object]) -> None:
        content = message["content"]
        assert isinstance(content, dict)
        if message["msg_type"] == "stream" and content["name"] == "stdout":
            printed.append(content["text"])
        assert message["msg_type"] != "error", "\n".join(content["traceback"])

    kernel.execute_interactive(code, timeout=SECONDS, output_hook=heard)
    return "".join(printed).strip()


def test_an_edited_calculation_is_seen_at_the_next_run_of_a_cell(
    kernel: BlockingKernelClient, project: Path
) -> None:
    """Another board is chosen by the parameters alone: its folder is found from the notebook's."""
    opens = 'report = open_report("2016-17", data="examples/smallshire")'
    tells = f'{opens}\nprint(report.value("training.sessions_neglect"))'
    said(kernel, "from hscb_report import open_report")
    assert said(kernel, tells) == "4"
    file = project / "hscb_report/calculations/training.py"
    text = file.read_text("utf-8")
    start = text.index("def sessions(")
    body = text[start:].replace("return ", "return Figure(1000) + ", 1)
    file.write_text(text[:start] + body, "utf-8")
    assert said(kernel, tells) == "1,004"


def test_what_is_wrong_in_the_data_is_told_in_its_own_words_and_nothing_besides(
    kernel: BlockingKernelClient,
) -> None:
    told: list[str] = []

    def heard(message: dict[str, object]) -> None:
        content = message["content"]
        assert isinstance(content, dict)
        if message["msg_type"] == "error":
            told.extend(content["traceback"])

    kernel.execute_interactive(
        'from hscb_report import open_report; open_report("2011-12")',
        timeout=SECONDS,
        output_hook=heard,
    )
    assert len(told) == 1
    assert "2011-12" in told[0]
    assert "Traceback" not in told[0]


def test_code_of_the_project_is_the_one_beside_the_notebook(
    kernel: BlockingKernelClient, project: Path
) -> None:
    told = said(kernel, "import hscb_report, os; print(hscb_report.__file__, os.getcwd())")
    assert told == f"{project}/hscb_report/__init__.py {project}/notebooks"
