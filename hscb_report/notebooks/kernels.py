"""Kernels for notebooks: each a process of its own, where possible begun as a copy of a warm one.

They are started through jupyter_client's points of extension: a manager, which says what kernel it
is (always this environment's interpreter, whatever name a notebook stores), and a provisioner,
which starts it.
"""

from __future__ import annotations

import os
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from hscb_report.handed_over import VARIABLE as RESULTS
from hscb_report.noting import VARIABLE, watch
from hscb_report.processes import context, end_with_parent

NOTES = "notes"
"""The file of a kernel's own folder that it writes its notes into."""
WARM = "hscb_report.notebooks.warm"
"""The module that the kernels' common ancestor imports."""


def warm_up() -> None:
    """Begin to import what the kernels need, while the caller goes on."""
    context(WARM)


class Manager(AsyncKernelManager):
    """Manages a kernel that is a process of ours."""

    @property
    def kernel_spec(self) -> KernelSpec:
        """The one kernel there is; its command is no program, but what `serve` is called with."""
        return KernelSpec(argv=["{connection_file}"], display_name="Python 3", language="python")

    async def _async_pre_start_kernel(self, **given: Any) -> tuple[list[str], dict[str, Any]]:
        if self.provisioner is None:
            self.provisioner = Provisioner(
                kernel_id="kernel", kernel_spec=self.kernel_spec, parent=self
            )
        started: tuple[list[str], dict[str, Any]] = await super()._async_pre_start_kernel(**given)
        return started


class Provisioner(LocalProvisioner):
    """Starts a kernel as a process of multiprocessing's; manages it as one of subprocess's."""

    async def launch_kernel(self, cmd: list[str], **given: Any) -> Any:
        """Start the kernel for a connection file, in a folder and with an environment."""
        folder = str(given.get("cwd") or Path.cwd())
        environment = dict(given["env"])
        kernel = context(WARM).Process(
            target=serve, args=(cmd[0], folder, environment), daemon=True
        )
        kernel.start()
        self.process = _Popen(kernel)  # type: ignore[assignment]
        self.pid = self.pgid = kernel.pid
        self.cwd = folder
        return self.connection_info


class _Popen:
    """A process of multiprocessing's under the names that subprocess has for the same."""

    stdin = stdout = stderr = None

    def __init__(self, process: BaseProcess) -> None:
        self._process = process
        self.pid = process.pid
        self.terminate, self.kill = process.terminate, process.kill

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self) -> int | None:
        self._process.join()
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        if self.pid and self._process.exitcode is None:
            os.kill(self.pid, number)


def serve(connection_file: str, folder: str, environment: dict[str, str]) -> None:
    """Be a kernel until told to end, or until the run that started it is gone.

    The user's own IPython settings, start-up files and history have no part in it.
    """
    end_with_parent()
    if hasattr(os, "setsid"):
        os.setsid()  # an interrupt from the terminal is for the run, which ends its kernels itself
    os.environ.clear()
    environment.pop("PYTHONSTARTUP", None)
    own = Path(connection_file).parent
    os.environ.update(environment, IPYTHONDIR=str(own / "ipython"))
    os.environ[VARIABLE] = str(own / NOTES)
    os.chdir(folder)
    given = os.environ.get(RESULTS)
    watch(own, *([Path(given).parent] if given else []))
    from ipykernel.kernelapp import IPKernelApp

    app = IPKernelApp.instance()
    app.initialize(  # type: ignore[no-untyped-call]
        ["-f", connection_file, "--log-level=CRITICAL", "--HistoryManager.enabled=False"]
    )
    app.start()  # type: ignore[no-untyped-call]
