"""Jupyter's side of a forked kernel: provisioner, manager and client with the full protocol."""

from __future__ import annotations

import asyncio
import shutil
import signal
import tempfile
import time
from pathlib import Path
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from juesuan.engine.handle import ForkedKernel
from juesuan.engine.prepared import forge

# The longest path that a socket in the file system may have.
_LONGEST = 90


class ForkedProvisioner(LocalProvisioner):
    """Starts a kernel through the forge instead of as a new program."""

    process: ForkedKernel | None = None  # type: ignore[assignment]
    # How the kernel ended, when it has: kept behind `process`, which the manager clears.
    status: int | None = None

    async def launch_kernel(self, cmd: list[str], **given: Any) -> KernelConnectionInfo:
        """Fork; `cmd` is a kernel specification's command line, of which the part from `-f` on counts."""
        arguments = cmd[cmd.index("-f") :]
        wanted = (arguments, given.get("env", {}), given.get("cwd") or Path.cwd())
        try:
            self.process = await asyncio.wrap_future(forge().start(*wanted))
        except ChildProcessError:  # it has died, or could not be copied: the next one is another
            self.process = await asyncio.wrap_future(forge().start(*wanted))
        self.pid = self.pgid = self.process.pid
        return self.connection_info

    async def poll(self) -> int | None:
        """The exit status, None while the kernel runs."""
        if self.process is not None:
            self.status = self.process.poll()
        return self.status if self.pid else 0

    async def wait(self) -> int | None:
        """Wait until the kernel has ended, without looking at the clock."""
        if self.process is not None:
            self.status = (await asyncio.wrap_future(self.process.ended)).status
            self.process = None
        return self.status

    async def send_signal(self, signum: int) -> None:
        """To the kernel and everything it has started."""
        if self.process is not None:
            self.process.send_signal(signum)

    async def shutdown_requested(self, restart: bool = False) -> None:
        """Give a kernel that was asked to end the moment it needs: the manager then has no need to poll."""
        if self.process is not None:
            ended = asyncio.wrap_future(self.process.ended)
            await asyncio.wait([ended], timeout=1)

    def get_shutdown_wait_time(self, recommended: float = 5.0) -> float:
        """Seconds until a kernel that does not end is killed: the first was given above."""
        return min(recommended, 1.0)


class ForkedClient(AsyncKernelClient):
    """A client that knows the moment at which a kernel is ready, and does not wait for silence."""

    async def _async_wait_for_ready(self, timeout: float | None = None) -> None:
        deadline = time.monotonic() + (timeout or float("inf"))
        while True:
            asked = self.kernel_info()
            # The idle of our own question on iopub proves that nothing said from now on is missed.
            if await self._reply_to(asked) and await self._idle_after(asked):
                return
            if not await self._async_is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if time.monotonic() > deadline:
                raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")

    wait_for_ready = _async_wait_for_ready

    async def _reply_to(self, asked: str) -> bool:
        try:
            while True:
                message = await self.shell_channel.get_msg(timeout=1)
                if message["parent_header"].get("msg_id") == asked:
                    self._handle_kernel_info_reply(message)
                    return True
        except Empty:
            return False

    async def _idle_after(self, asked: str) -> bool:
        try:
            while True:
                message = await self.iopub_channel.get_msg(timeout=0.03)
                if (
                    message["parent_header"].get("msg_id") == asked
                    and message["content"].get("execution_state") == "idle"
                ):
                    return True
        except Empty:
            return False


class ForkedManager(AsyncKernelManager):
    """A manager of one forked kernel, reached over sockets in a folder of its own."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.client_factory = ForkedClient
        self._folder = tempfile.mkdtemp(prefix="juesuan-")
        self.connection_file = str(Path(self._folder) / "kernel.json")
        # No port that another program could take or listen to.
        if len(self.connection_file) < _LONGEST:
            self.transport = "ipc"
            self.ip = str(Path(self._folder) / "k")

    async def _async_pre_start_kernel(self, **given: Any) -> tuple[list[str], dict[str, Any]]:
        if self.provisioner is None:
            self.provisioner = ForkedProvisioner(kernel_spec=self.kernel_spec, parent=self)
        return await super()._async_pre_start_kernel(**given)

    async def _async_interrupt_kernel(self) -> None:
        # A kernel that is told to end needs no interrupt first: it would print one when it sits idle.
        if not self.shutting_down:
            await super()._async_interrupt_kernel()

    interrupt_kernel = _async_interrupt_kernel

    @property
    def is_running(self) -> bool:
        """The kernel was started and has not ended."""
        return self._process is not None and self._process.poll() is None

    @property
    def status(self) -> int | None:
        """How the kernel ended (negative: the signal that killed it), None while it runs."""
        return self.provisioner.status if isinstance(self.provisioner, ForkedProvisioner) else None

    @property
    def _process(self) -> ForkedKernel | None:
        return self.provisioner.process if isinstance(self.provisioner, ForkedProvisioner) else None

    def drop(self) -> None:
        """End a kernel that nobody has talked to, without a word."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
        shutil.rmtree(self._folder, ignore_errors=True)

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        await super()._async_cleanup_resources(restart=restart)
        if not restart:
            shutil.rmtree(self._folder, ignore_errors=True)

    cleanup_resources = _async_cleanup_resources
