"""What a shell completes, and where its script is written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import opspec

ROOT = Path(__file__).parents[2]
PLACES = {
    "bash": "data/bash-completion/completions/opspec",
    "zsh": "data/zsh/site-functions/_opspec",
    "fish": "config/fish/completions/opspec.fish",
}
TOLD = {
    "bash": "new shells with bash-completion find it; without, this line in ~/.bashrc does:\nsource {path}\n",
    "zsh": "zsh finds it with this line in ~/.zshrc, before compinit:\nfpath+=({path.parent})\n",
    "fish": "new shells complete opspec\n",
}


def completed(*words: str, cwd: Path = ROOT) -> list[str]:
    """What bash is offered for the last word."""
    done = subprocess.run(
        [sys.executable, "-m", "opspec"],
        cwd=cwd,
        env={
            **os.environ,
            "_OPSPEC_COMPLETE": "bash_complete",
            "COMP_WORDS": " ".join(("opspec", *words)),
            "COMP_CWORD": str(len(words)),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    return [line.partition(",")[2] for line in done.stdout.splitlines() if line]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("sh",), ["show"]),
        (("show", "enz"), ["enzyme", "enzymexla", "enzymexla_tt_ext"]),
        (("show", "enzyme.auto"), ["enzyme.autodiff", "enzyme.autodiff_region"]),
        (("show", "enzyme.Act"), ["enzyme.Activity"]),
        (("show", "enzyme.Ca"), ["enzyme.Cache"]),
        (("show", "#enzyme.act"), ["#enzyme.activity"]),
        (("show", "!enzyme.C"), ["!enzyme.Cache"]),
        (("show", "nonsense.a"), []),
        (("explain", "operation-r"), ["operation-removed", "operation-renamed"]),
        (("names", "--against", "ru"), ["rust"]),
        (("generate", "--naming", "u"), ["upstream"]),
        (("completion", "f"), ["fish"]),
        (("history", "--format", "s"), ["svg"]),
        (("history", "--dialect", "enzymexla_"), ["enzymexla_tt_ext"]),
        (("lint", "--qu"), ["--quiet"]),
    ],
)
def test_words_complete(words: tuple[str, ...], offered: list[str]) -> None:
    assert completed(*words) == offered


def test_shells_show_what_a_command_does_in_full() -> None:
    environment = {**os.environ, "_OPSPEC_COMPLETE": "fish_complete", "COMP_WORDS": "opspec sh", "COMP_CWORD": "sh"}
    program = [sys.executable, "-m", "opspec"]
    done = subprocess.run(program, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    about = "Show a card of an operation, attribute, type, enum or dialect: signature, parts, rules, example."
    assert [part for part in done.stdout.split("\n") if part] == ["plain,show\t" + about]


def test_outside_of_a_project_no_name_completes_and_nothing_fails(tmp_path: Path) -> None:
    assert completed("show", "e", cwd=tmp_path) == []
    assert completed("names", "--naming", "r", cwd=tmp_path) == ["rust"]


@pytest.mark.parametrize("shell", sorted(PLACES))
def test_the_script_is_printed_or_written_to_the_users_folder(shell: str, tmp_path: Path) -> None:
    folders = {"XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    printed = opspec("completion", shell, cwd=tmp_path, **folders)
    assert (printed.returncode, [*tmp_path.iterdir()]) == (0, [])
    assert f"_OPSPEC_COMPLETE={shell}_complete" in printed.stdout
    done = opspec("completion", "--install", cwd=tmp_path, SHELL=f"/usr/bin/{shell}", **folders)
    path = tmp_path / PLACES[shell]
    assert (done.returncode, done.stdout) == (0, f"wrote {path}\n{TOLD[shell].format(path=path)}")
    assert path.read_text(encoding="utf-8").strip() == printed.stdout.strip()
    again = opspec("completion", shell, "--install", "-q", cwd=tmp_path, **folders)
    assert (again.returncode, again.stdout) == (0, "")


def test_a_script_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / PLACES["bash"]
    path.parent.mkdir(parents=True)
    path.write_text("mine\n", encoding="utf-8")
    done = opspec("completion", "bash", "--install", cwd=tmp_path, XDG_DATA_HOME=str(tmp_path / "data"))
    message = f"opspec: {path} is another's script; remove it, or print ours without --install\n"
    assert (done.returncode, done.stderr) == (101, message)
    assert path.read_text(encoding="utf-8") == "mine\n"


def test_a_shell_that_is_not_known_is_asked_for(tmp_path: Path) -> None:
    done = opspec("completion", cwd=tmp_path, SHELL="/bin/odd")
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == "Error: which shell? Give one of bash, zsh, fish"


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_bash_takes_the_script(tmp_path: Path) -> None:
    script = tmp_path / "opspec.bash"
    script.write_text(opspec("completion", "bash", cwd=tmp_path).stdout, encoding="utf-8")
    program = f"source {script}; complete -p opspec"
    done = subprocess.run(["bash", "--norc", "-c", program], capture_output=True, text=True, check=True)
    assert "_opspec_completion opspec" in done.stdout
