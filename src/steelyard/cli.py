"""The way in and out: runs a command line, and tells whatever ended it early in one line with an exit code.

Exit codes: 0 fine; 1 contradictions found and `--strict` given; 2 faults in what the user wrote; 3 an error
of ours or of the machine; 130 interrupted. Nothing of weight is imported before `run` stands guard, so that
an interrupt finds somebody who listens from the first moment on.
"""

from __future__ import annotations

import errno
import os
import signal
import sys

# What type checkers hold to be true; until `typing` is there an interrupt would find nobody who listens.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import NoReturn

    import click

TRACEBACK = "STEELYARD_TRACEBACK"
COMPLETE = "_STEELYARD_COMPLETE"  # set by the shell that completes a command line
FINE, FAULTY, BROKEN, INTERRUPTED = 0, 2, 3, 130
_KEPT = "Interrupted; what was there before is as it was."
# What the machine says, and what cures it.
_CURES = {
    errno.ENOSPC: "make room on the disk and run it again",
    errno.EDQUOT: "make room on the disk and run it again",
    errno.EACCES: "ask for the right to read and write there, or work in a folder of your own",
    errno.EPERM: "ask for the right to read and write there, or work in a folder of your own",
    errno.EROFS: "work in a folder that can be written",
    errno.EEXIST: "a file stands where a folder is needed; move it away",
    errno.ENOTDIR: "a file stands where a folder is needed; move it away",
    errno.EISDIR: "a folder stands where a file is needed; move it away",
    errno.ENAMETOOLONG: "give a shorter name",
    errno.EBADF: "standard output is closed; open it, or name a file with --output",
    errno.EMFILE: "too many files are open; close other programs, or give a lower --jobs",
}


class _Interrupts:
    """Takes the place of Python's own handler, and remembers that the process was told to stop.

    For an interrupt may be raised in the midst of an import and come out as another error.
    """

    seen = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        self.seen = True
        raise KeyboardInterrupt


def main() -> NoReturn:
    """Run the command line of this process and end it with the exit code."""
    try:
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, _Interrupts())
        sys.unraisablehook = _unraisable
        code = run(sys.argv[1:])
        # All is said and done; what is left is Python taking itself apart.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    except KeyboardInterrupt:
        _leave()
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Carry out a command line and give its exit code; no exception gets through."""
    try:
        return _carry_out(arguments)
    except BrokenPipeError:
        # Whoever read our output has seen enough.
        _give_nothing_more()
        return FINE
    except KeyboardInterrupt:
        return _fail(_KEPT, INTERRUPTED)
    except Exception as error:
        if _was_interrupted(error):
            return _fail(_KEPT, INTERRUPTED)
        return _failed(error)


def _carry_out(arguments: list[str]) -> int:
    """The exit code of a command that comes to its end."""
    import click

    from steelyard.commands import steelyard

    _reopen_streams()
    _use_utf8()
    if instruction := os.environ.get(COMPLETE):
        from click.shell_completion import shell_complete

        return shell_complete(steelyard, {}, "steelyard", COMPLETE, instruction)
    try:
        context = steelyard.make_context("steelyard", list(arguments))
        with context:
            code = steelyard.invoke(context)
        sys.stdout.flush()
        return code if isinstance(code, int) else FINE
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.Abort:
        raise KeyboardInterrupt from None
    except click.ClickException as error:
        return _fail(_usage(error), FAULTY)


def _failed(error: Exception) -> int:
    """Say what a command ended with, in one line, and give the exit code."""
    from steelyard.core.problems import SteelyardError, VocabularyError

    if isinstance(error, VocabularyError):
        from steelyard.outcome import tell_problems

        tell_problems(error.problems, quiet=False)
        return _fail("the data of the package is broken; install steelyard again", BROKEN)
    if isinstance(error, SteelyardError):
        return _fail(str(error), FAULTY)
    if isinstance(error, OSError):
        if error.errno == errno.EBADF:
            _give_nothing_more()
        return _fail(_of_the_machine(error), BROKEN)
    return _unexpected(error)


def _give_nothing_more() -> None:
    """Let go what Python has still in hand for standard output, and would flush at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _of_the_machine(error: OSError) -> str:
    """File, fault and cure; for a file under its temporary name the name that it would have had."""
    from steelyard.core.whole_file import final_name

    place = f"{final_name(str(error.filename))}: " if error.filename else ""
    cure = _CURES.get(error.errno or 0, "")
    return f"{place}{error.strerror or error}" + (f"; {cure}" if cure else "")


def _was_interrupted(error: BaseException | None) -> bool:
    """Whether an error is what became of an interrupt."""
    if getattr(signal.getsignal(signal.SIGINT), "seen", False):
        return True
    while error:
        if isinstance(error, KeyboardInterrupt):
            return True
        error = error.__cause__ or error.__context__
    return False


def _unraisable(event: sys.UnraisableHookArgs) -> None:
    """End here too where Python would only mention an interrupt and go on, as in a callback."""
    if _was_interrupted(event.exc_value):
        _leave()
    sys.__unraisablehook__(event)


def _leave() -> NoReturn:
    """End at once, without a word of Python's."""
    os.write(2, f"steelyard: {_KEPT}\n".encode())
    os._exit(INTERRUPTED)


def _reopen_streams() -> None:
    """Put something in the place of standard streams that are closed, for Python has none then.

    What cannot be told is lost; results that cannot be given are an error, as it is if the disk is full.
    """
    if sys.stdin is None:
        sys.stdin = os.fdopen(os.open(os.devnull, os.O_RDONLY), encoding="utf-8")
    if sys.stdout is None:
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")


def _use_utf8() -> None:
    """Write UTF-8 and plain line ends wherever this runs, and never fail on a sign that cannot be shown."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _usage(error: click.ClickException) -> str:
    """What was wrong in the command line, in one line."""
    context = getattr(error, "ctx", None)
    help_line = f"{context.command_path if context else 'steelyard'} --help"
    return f"{' '.join(error.format_message().split())} See: {help_line}"


def _unexpected(error: Exception) -> int:
    if os.environ.get(TRACEBACK):
        import traceback

        traceback.print_exception(error)
    text = " ".join(str(error).split())
    hint = f"set {TRACEBACK}=1 and run it again to see where, and please report it"
    return _fail(f"an error in steelyard itself ({type(error).__name__}: {text}); {hint}", BROKEN)


def _fail(message: str, code: int) -> int:
    """Say why a command ended early; with nothing imported that an interrupt may have left half made."""
    shown = "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in message)
    print(f"steelyard: {shown}", file=sys.stderr)
    return code
