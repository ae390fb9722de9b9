"""What is left when a kernel of the warm engine has ended, in whatever way: nothing."""

from __future__ import annotations

import ast
import os
import signal
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import nbformat
import papermill
import pytest
from nbclient.exceptions import CellTimeoutError

from batches import alive, hear_ctrl_c, soon
from juesuan.engine import ahead
from juesuan.engine.client import KernelDiedError
from juesuan.engine.handle import Forge
from juesuan.engine.prepared import forge
from kinds import executed, written

ROOT = Path(__file__).parents[1]
POISON = """
import os, sys, random, builtins, decimal, locale, warnings, logging
import matplotlib, numpy, pandas, juesuan as js
from juesuan.charts import style
print = None
builtins.poisoned = True
matplotlib.rcParams['font.size'] = 99
numpy.random.seed(1); random.seed(1)
decimal.getcontext().prec = 2
pandas.options.display.max_rows = 1
style.palette()['focus'] = 'red'
js.poisoned = True
os.environ['POISON'] = '1'
os.chdir('/')
sys.path.insert(0, '/poison')
warnings.simplefilter('error')
logging.disable()
"""
LOOK = """
import os, sys, random, builtins, decimal, warnings, logging
import matplotlib, numpy, pandas, juesuan as js
from juesuan.charts import style
[callable(print), hasattr(builtins, 'poisoned'), matplotlib.rcParams['font.size'], decimal.getcontext().prec,
 pandas.options.display.max_rows, style.palette()['focus'] == 'red', hasattr(js, 'poisoned'), 'POISON' in os.environ,
 os.getcwd() == '/', '/poison' in sys.path, warnings.filters[0][0], logging.root.manager.disable]
"""


def result(nb: nbformat.NotebookNode, cell: int = -1) -> str:
    return str(nb.cells[cell].outputs[0].data["text/plain"])


def test_no_run_sees_what_another_has_done(tmp_path: Path) -> None:
    poison = written(tmp_path / "poison.ipynb", POISON)
    look = written(tmp_path / "look.ipynb", LOOK)
    clean = result(executed(look, tmp_path / "plain.ipynb", None))
    first = executed(poison, tmp_path / "1.ipynb", "juesuan")
    assert first.metadata.papermill.exception is None
    assert result(executed(look, tmp_path / "2.ipynb", "juesuan")) == clean
    assert "99" not in clean


def test_every_run_draws_its_own_numbers(tmp_path: Path) -> None:
    source = written(tmp_path / "in.ipynb", "import random, numpy\n(random.random(), numpy.random.rand())")
    drawn = [result(executed(source, tmp_path / f"{i}.ipynb", "juesuan")) for i in range(3)]
    assert len(set(drawn)) == 3


def test_what_a_notebook_has_started_ends_with_it(tmp_path: Path) -> None:
    start = "import subprocess\nprint(subprocess.Popen(['sleep', '300']).pid)"
    done = executed(written(tmp_path / "in.ipynb", start), tmp_path / "out.ipynb", "juesuan")
    child = int(done.cells[-1].outputs[0].text)
    assert soon(lambda: not alive(child))


def test_a_cell_that_hangs_is_stopped_and_told(tmp_path: Path) -> None:
    hang = "import os, subprocess\nprint(os.getpid(), subprocess.Popen(['sleep', '300']).pid, flush=True)\nwhile True: pass"
    source, target = written(tmp_path / "in.ipynb", "1", hang, "2"), tmp_path / "out.ipynb"
    with pytest.raises(CellTimeoutError):
        papermill.execute_notebook(
            source, str(target), engine_name="juesuan", progress_bar=False, execution_timeout=1
        )
    cells = nbformat.read(target, as_version=4).cells
    told, error = cells[-2].outputs
    assert (error.ename, error.evalue) == ("OverTimeError", "第 3 格：运行超过了 1 秒的时限，已经停止")
    assert [c.metadata.papermill.status for c in cells] == ["completed", "completed", "failed", "pending"]
    assert soon(lambda: not any(alive(int(pid)) for pid in told.text.split()))


@pytest.mark.parametrize(
    ("ending", "said"),
    [
        ("os.kill(os.getpid(), 9)", "信号 9），多半是内存不足"),
        ("os.kill(os.getpid(), 11)", "SIGSEGV"),
        ("os._exit(7)", "退出码 7"),
    ],
)
def test_a_kernel_that_dies_is_told_as_it_died(ending: str, said: str, tmp_path: Path) -> None:
    source, target = (
        written(tmp_path / "in.ipynb", "print('before')", f"import os\n{ending}"),
        tmp_path / "out.ipynb",
    )
    with pytest.raises(KernelDiedError, match=said):
        papermill.execute_notebook(source, str(target), engine_name="juesuan", progress_bar=False)
    cells = nbformat.read(target, as_version=4).cells
    assert cells[-2].outputs[0].text == "before\n"
    assert said in cells[-1].outputs[0].evalue


def test_kernels_end_with_the_forge_and_a_new_forge_takes_over(tmp_path: Path) -> None:
    own = Forge(prepared=())
    kernel = own.start(["-f", str(tmp_path / "k.json")], dict(os.environ), tmp_path).result(30)
    assert soon((tmp_path / "k.json").exists)
    os.kill(own.pid, signal.SIGKILL)
    assert kernel.ended.result(10).status == -signal.SIGKILL
    assert soon(lambda: not alive(kernel.pid))
    with pytest.raises(ChildProcessError):
        own.start(["-f", str(tmp_path / "k.json")], {}, tmp_path).result(10)
    old = forge()
    os.kill(old.pid, signal.SIGKILL)
    assert soon(lambda: not old.alive)
    source = written(tmp_path / "in.ipynb", "1 + 1")
    assert result(executed(source, tmp_path / "out.ipynb", "juesuan")) == "2"
    assert forge().pid != old.pid


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_nothing_outlives_the_program_that_ran_the_notebook(number: int, tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    hang = f"import os, subprocess\nsleep = subprocess.Popen(['sleep', '300']).pid\nopen({str(pids)!r}, 'w').write(f'{{os.getpid()}} {{os.getppid()}} {{sleep}}')\nimport time; time.sleep(300)"
    source = written(tmp_path / "in.ipynb", hang)
    command = [sys.executable, "-m", "papermill", "--engine", "juesuan", source, str(tmp_path / "out.ipynb")]
    program = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=hear_ctrl_c
    )
    assert soon(lambda: pids.exists() and len(pids.read_text().split()) == 3, 60)
    program.send_signal(number)
    program.wait(30)
    assert soon(lambda: not any(alive(int(pid)) for pid in pids.read_text().split()))


def test_papermills_own_engine_takes_over_where_nothing_can_be_forked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delattr(os, "fork")
    source = written(tmp_path / "in.ipynb", "import os\nos.getppid()")
    done = executed(source, tmp_path / "out.ipynb", "juesuan")
    assert int(result(done)) == os.getpid()
    assert "复制进程" in caplog.text


def test_a_kernel_started_ahead_is_used_where_it_fits_and_never_left(tmp_path: Path) -> None:
    look = "import os\nos.getpid(), os.getcwd(), os.environ.get('AHEAD')"
    source = written(tmp_path / "in.ipynb", look)
    (tmp_path / "there").mkdir()

    def run(number: int, **given: object) -> tuple[int, str, str | None]:
        found = result(executed(source, tmp_path / f"{number}.ipynb", "juesuan", ahead=True, **given))
        return tuple(ast.literal_eval(found))

    first = run(1, cwd=str(tmp_path))
    waiting = ahead._waiting[0].manager._process
    assert waiting is not None
    second = run(2, cwd=str(tmp_path))
    assert second[0] == waiting.pid != first[0]
    unused = ahead._waiting[0].manager._process
    assert unused is not None
    # Another folder, then another environment: the waiting kernel was made for neither.
    assert run(3, cwd=str(tmp_path / "there"))[1] == str(tmp_path / "there")
    with patch.dict(os.environ, {"AHEAD": "1"}):
        assert run(4, cwd=str(tmp_path / "there"))[2] == "1"
    assert soon(lambda: not alive(unused.pid))
    # One that has died while it waited is no harm.
    last = ahead._waiting[0].manager
    assert last._process is not None
    os.kill(last._process.pid, signal.SIGKILL)
    assert soon(lambda: not last.is_running)
    run(5, cwd=str(tmp_path / "there"))
    folder = Path(ahead._waiting[0].manager._folder)
    ahead._drop_all()
    assert not folder.exists()
