"""The forge when something is refused: a fork, a kernel's own start, a kernel that is not ours."""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path

import pytest
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager

from batches import alive, soon
from juesuan.engine import papermill_engine
from juesuan.engine.handle import Forge


def test_a_fork_that_fails_harms_no_other_kernel(tmp_path: Path) -> None:
    own = Forge(prepared=())
    kernel = own.start(["-f", str(tmp_path / "k.json")], dict(os.environ), tmp_path).result(30)
    resource.prlimit(own.pid, resource.RLIMIT_NOFILE, (4, 4))
    with pytest.raises(OSError, match="no kernel could be forked"):
        own.start(["-f", str(tmp_path / "l.json")], dict(os.environ), tmp_path).result(10)
    assert soon((tmp_path / "k.json").exists)
    assert kernel.poll() is None
    own.close()
    assert soon(lambda: not alive(kernel.pid))


def test_a_kernel_that_cannot_begin_does_not_end_well(tmp_path: Path) -> None:
    own = Forge(prepared=())
    arguments = ["-f", str(tmp_path / "k.json"), "--transport=ipc", "--ip=/nonexistent/k"]
    kernel = own.start(arguments, dict(os.environ), tmp_path).result(30)
    assert kernel.ended.result(20).status == 1
    own.close()


def test_another_environments_kernel_is_not_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bin").mkdir()
    other = tmp_path / "bin/python"
    other.symlink_to(Path(sys.executable).resolve())
    spec = KernelSpec(argv=[str(other), "-m", "ipykernel_launcher", "-f", "{connection_file}"])
    monkeypatch.setattr(KernelSpecManager, "get_kernel_spec", lambda self, name: spec)
    assert "不是这个 Python 的" in papermill_engine._plain("other")
    spec.argv[0] = sys.executable
    assert papermill_engine._plain("ours") == ""
