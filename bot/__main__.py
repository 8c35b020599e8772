"""The `qiantou` command: runs the command line and turns every refusal into one Chinese sentence and an exit code."""

from __future__ import annotations

import atexit
import gc
import os
import sys
import threading
from contextlib import suppress
from typing import NoReturn

import click

from bot.cli import qiantou
from bot.commands.speech import EXIT_INTERRUPTED, EXIT_REFUSED, EXIT_USAGE, Refusal, usage_sentence, utf8_everywhere

OBJECTS = 50_000
"""After how many new objects the collector looks for garbage. Of what a command makes nearly everything is kept until it ends, so
that looking every few hundred, as Python does by itself, is a tenth of its time for nothing."""


def main() -> None:
    """Run the command line and leave with its exit code."""
    gc.set_threshold(OBJECTS)
    utf8_everywhere()
    leave(outcome())


def leave(code: int) -> NoReturn:
    """End the process at once when all that is to be done at its end is done. To take apart everything that a question made, as
    Python does by itself, is a tenth of its time for nothing. Where other threads are at work it ends in Python's way."""
    if threading.active_count() == 1:
        with suppress(OSError, ValueError):  # a reader that left: Python's way deals with it
            atexit._run_exitfuncs()
            for stream in filter(None, (sys.stdout, sys.stderr)):
                stream.flush()
            os._exit(code)
    sys.exit(code)


def outcome() -> int:
    """The exit code of one run; whatever went wrong has been said on standard error in one sentence."""
    try:
        code = qiantou.main(standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "")
        return EXIT_USAGE
    except click.UsageError as error:
        return complain(usage_sentence(error), EXIT_USAGE)
    except (click.Abort, KeyboardInterrupt):
        return complain(
            "已中断：没做完的这一步不作数（正在导入的没有入册），此前已完成的不受影响；可以重新运行同一命令。",
            EXIT_INTERRUPTED,
        )
    except BrokenPipeError:
        # The reader (head, less) left; point stdout at nothing so that the interpreter's own flush stays quiet.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_REFUSED
    except refusals() as error:
        return complain(str(error), EXIT_REFUSED)
    return code if isinstance(code, int) else 0


def refusals() -> tuple[type[Exception], ...]:
    """Every error whose text is already one Chinese sentence with the next step."""
    from bot.config import ConfigError
    from bot.handing import PaperError
    from knowledge.lexicon import LexiconError
    from knowledge.model import ReadingError
    from knowledge.register import RegisterError
    from knowledge.store import StoreError
    from scheduler.calendar import CalendarUnknown

    return (Refusal, ConfigError, LexiconError, PaperError, ReadingError, RegisterError, StoreError, CalendarUnknown)


def complain(sentence: str, code: int) -> int:
    """Say why on standard error; returns the exit code."""
    click.echo(sentence, err=True)
    return code


if __name__ == "__main__":
    main()
