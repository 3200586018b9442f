"""The processes behind `lowering`: shared by threads, left alone by forks, replaced when they die, gone at the end."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from enzyme_mlir import ir, lowering, new_context
from enzyme_mlir.lowering import POOL, EnzymeCrash, EnzymeUnavailable, Pool, Worker, WorkerDied

from .test_lowering import REVERSE, deadly, used

pytestmark = pytest.mark.usefixtures("enzyme_installed")


def is_running(pid: int) -> bool:
    """Whether a process exists and is not a zombie."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def wait_until(condition: object, seconds: float = 10.0) -> bool:
    """Whether a condition comes true in time."""
    assert callable(condition)
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def test_a_worker_is_reused() -> None:
    with POOL.lend() as worker:
        first = worker.pid
    lowering.verdicts([deadly(), REVERSE])
    with POOL.lend() as worker:
        assert worker.pid == first


def test_a_worker_of_ones_own() -> None:
    with Worker() as worker:
        assert worker.run(used(), "enzyme").text is not None
        assert worker.run(deadly(), "enzyme").signal_name == "SIGSEGV"
        assert worker.run(used(), "enzyme").text is not None
        pid = worker.pid
        assert is_running(pid)
    assert not worker.is_alive
    assert not is_running(pid)


def test_a_worker_that_is_killed_is_replaced() -> None:
    with POOL.lend() as worker:
        pid = worker.pid
    os.kill(pid, signal.SIGKILL)
    assert lowering.verdicts([REVERSE])[0].text is not None
    with POOL.lend() as worker:
        assert worker.pid != pid


def test_a_worker_that_is_killed_at_work_is_replaced() -> None:
    def kill(progress: lowering.Progress) -> None:
        if 20 <= progress.done < 60 and not killed:
            (busy,) = POOL._busy
            killed.append(busy.pid)
            os.kill(busy.pid, signal.SIGKILL)

    killed: list[int] = []
    POOL.close()
    found = lowering.verdicts([REVERSE] * 60, jobs=1, progress=kill)
    assert killed
    assert len(found) == 60
    assert all(verdict.text is not None for verdict in found)


def test_a_dead_worker_says_so() -> None:
    with Worker() as worker:
        os.kill(worker.pid, signal.SIGTERM)
        with pytest.raises(WorkerDied, match=r"^Enzyme's worker ended with code -15"):
            worker.run(REVERSE)


def test_several_threads_get_their_own_answers() -> None:
    answers: dict[int, str] = {}

    def work(number: int) -> None:
        with new_context():
            for _ in range(5):
                module = ir.Module.parse(used().replace("@square", f"@square{number}"))
                answers[number] = str(lowering.run(module))
                with pytest.raises(EnzymeCrash):
                    lowering.run(deadly(), locate=0)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == list(range(6))
    for number, text in answers.items():
        assert f"@diffesquare{number}(" in text


def test_a_pool_bounds_its_workers() -> None:
    pool = Pool(1)
    order: list[str] = []

    def second() -> None:
        with pool.lend():
            order.append("second")

    with pool.lend():
        thread = threading.Thread(target=second)
        thread.start()
        time.sleep(0.1)
        order.append("first")
    thread.join()
    pool.close()
    assert order == ["first", "second"]


def test_closing_the_pool_ends_the_workers() -> None:
    pool = Pool(2)
    with pool.lend() as worker:
        pid = worker.pid
    pool.close()
    assert not is_running(pid)
    with pool.lend() as worker:
        assert worker.run(REVERSE).text is not None
    pool.close()


def test_a_fork_has_workers_of_its_own() -> None:
    with POOL.lend() as worker:
        ours = worker.pid
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            (verdict,) = lowering.verdicts([REVERSE])
            with POOL.lend() as worker:
                os.write(writing, f"{worker.pid} {verdict.text is not None}".encode())
            POOL.close()
            code = 0
        finally:
            os._exit(code)
    assert os.waitpid(child, 0)[1] == 0
    theirs, worked = os.read(reading, 100).decode().split()
    assert worked == "True"
    assert int(theirs) != ours
    assert not is_running(int(theirs))
    assert is_running(ours)
    assert lowering.verdicts([REVERSE])[0].text is not None


PROGRAM = """
import os, sys
from enzyme_mlir import lowering
from enzyme_mlir.lowering import POOL
lowering.verdicts(["module {}"])
with POOL.lend() as worker:
    print(worker.pid, flush=True)
END
"""


@pytest.mark.parametrize(
    "end",
    ["pass", "sys.exit(3)", "os._exit(0)", "os.kill(os.getpid(), 9)", "os.abort()", "os.fork() or os._exit(0)"],
    ids=["end", "exit", "hard exit", "kill", "abort", "fork"],
)
def test_no_worker_outlives_the_program(end: str) -> None:
    program = PROGRAM.replace("END", end)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    pid = int(done.stdout.split()[0])
    assert wait_until(lambda: not is_running(pid))


def test_no_work_outlives_the_program() -> None:
    program = """
import os
from enzyme_mlir import lowering
def stop(progress):
    if progress.pids:
        print(*progress.pids, flush=True)
        os.kill(os.getpid(), 9)
text = "".join(f"func.func @f{i}() { return }" .replace("{ ", "{") for i in range(2000))
lowering.verdicts([text], ["canonicalize"] * 5000, progress=stop)
""".replace('f"func.func @f{i}() { return }" .replace("{ ", "{")', 'f"func.func @f{i}() {{ return }}"')
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    (pid,) = map(int, done.stdout.split())
    assert wait_until(lambda: not is_running(pid))


def test_an_interrupt_leaves_nothing_behind() -> None:
    def interrupt(progress: lowering.Progress) -> None:
        if progress.pids:
            pids.extend(progress.pids)
            raise KeyboardInterrupt

    pids: list[int] = []
    with pytest.raises(KeyboardInterrupt):
        lowering.verdicts([REVERSE], ["canonicalize"] * 20_000, progress=interrupt)
    assert pids
    assert wait_until(lambda: not any(map(is_running, pids)))
    assert lowering.verdicts([REVERSE])[0].text is not None


def test_another_enzyme_is_named_by_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = lowering.find_enzyme()
    with Worker(here) as worker:
        assert worker.enzyme == here
    with pytest.raises(EnzymeUnavailable, match="there is no folder enzyme_ad in"):
        Worker(tmp_path)
    monkeypatch.setenv("ENZYME_MLIR_ENZYME", str(tmp_path))
    assert not lowering.is_available()
    with pytest.raises(EnzymeUnavailable, match=r", which ENZYME_MLIR_ENZYME names$"):
        lowering.verdicts([REVERSE])
    monkeypatch.setenv("ENZYME_MLIR_ENZYME", str(here))
    assert lowering.verdicts([REVERSE])[0].text is not None


def test_an_enzyme_that_cannot_be_loaded(tmp_path: Path) -> None:
    (tmp_path / "enzyme_ad" / "jax").mkdir(parents=True)
    (tmp_path / "enzyme_ad" / "jax" / "enzyme_call.so").write_bytes(b"not a library")
    with pytest.raises(EnzymeUnavailable, match="cannot be loaded: ImportError"):
        Worker(tmp_path)


def test_a_long_run_is_announced(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    from enzyme_mlir.lowering import progress

    monkeypatch.setattr(progress, "FIRST", 0.2)
    with new_context():
        lowering.run(used(), ["canonicalize", "cse"] * 4_000)
    said = [record.getMessage() for record in caplog.records if record.name == "enzyme_mlir.lowering"]
    assert said
    assert said[0].startswith("Enzyme has been working for")
    assert re.search(r", [01] of 1 modules done", said[0]), said[0]
