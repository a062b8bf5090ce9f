"""The command line's own words in French: help pages, wrong usage, and how a run ends."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Sequence
from typing import Any

import click
from click.exceptions import NoArgsIsHelpError

from aseqa.errors import AseqaError
from aseqa.messages import label_of, message
from aseqa.wording import metavar_words

INTERRUPTED = 130  # 128 + SIGINT, as shells report it


class FrenchFormatter(click.HelpFormatter):
    """Writes the headings of a help page in French."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        usage = message("help_usage") if prefix is None else prefix
        super().write_usage(prog, metavar_words(args), usage)

    def write_heading(self, heading: str) -> None:
        label = label_of(f"help_{heading.lower()}", heading)
        self.write(f"{'':>{self.current_indent}}{label}{message('colon')}\n")


class FrenchContext(click.Context):
    """A context whose help pages are French."""

    formatter_class = FrenchFormatter


class FrenchCommand(click.Command):
    """A command that says in French what is wrong with its arguments."""

    context_class = FrenchContext
    allow_extra_args = True

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _french_help(super().get_help_option(ctx))

    def invoke(self, ctx: click.Context) -> Any:
        if ctx.args:
            raise click.UsageError(message("usage_extra", words=" ".join(ctx.args)), ctx)
        return super().invoke(ctx)


class FrenchGroup(click.Group):
    """The whole command line: whatever ends a run, it ends with a code and a French line."""

    context_class = FrenchContext
    command_class = FrenchCommand

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)  # as written: in the order of use

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _french_help(super().get_help_option(ctx))

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = "aseqa",
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")
        sys.exit(self._run(args, prog_name, complete_var=complete_var, **extra))

    def _run(self, args: Sequence[str] | None, prog_name: str | None, **extra: Any) -> int:
        try:
            code = super().main(args, prog_name, standalone_mode=False, **extra)
            sys.stdout.flush()
        except NoArgsIsHelpError as error:
            click.echo(error.format_message(), err=True)
            return error.exit_code
        except click.UsageError as error:
            return _report(_usage_line(error), error.exit_code)
        except click.Abort:
            return _report(message("interrupted"), INTERRUPTED)
        except AseqaError as error:
            return _report(str(error), 1)
        except BrokenPipeError:
            # The reader has left; nothing more may be flushed when Python ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 1
        except OSError as error:
            return _report(_system_line(error), 1)
        return code if isinstance(code, int) else 0


def _french_help(option: click.Option | None) -> click.Option | None:
    if option:
        option.help = message("help_help")
    return option


def _report(line: str, code: int) -> int:
    from aseqa.render_words import visible

    click.echo(visible(line), err=True)
    return code


def _usage_line(error: click.UsageError) -> str:
    """Say what is wrong with the words typed, and where the help is."""
    command = error.ctx.command_path if error.ctx else "aseqa"
    return message("usage", command=command, fault=_usage_fault(error))


def _usage_fault(error: click.UsageError) -> str:
    if isinstance(error, click.MissingParameter):
        return message("usage_missing", name=_name(error.param))
    if isinstance(error, click.BadParameter):
        return message("usage_value", name=_name(error.param), fault=error.message)
    if isinstance(error, click.NoSuchOption):
        return message("usage_option", name=error.option_name) + _nearest(error.possibilities)
    if isinstance(error, click.NoSuchCommand):
        return message("usage_command", name=error.command_name) + _nearest(error.possibilities)
    if isinstance(error, click.BadOptionUsage):
        return message("usage_option_value", name=error.option_name)
    return error.message


def _name(parameter: click.Parameter | None) -> str:
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    return metavar_words(parameter.metavar or parameter.name or "") if parameter else ""


def _nearest(possibilities: Sequence[str] | None) -> str:
    return message("usage_nearest", names=", ".join(possibilities)) if possibilities else ""


def _system_line(error: OSError) -> str:
    """Say in French what the system refused."""
    name = errno.errorcode.get(error.errno or 0, "")
    fault = label_of(f"system_{name}", error.strerror or str(error))
    return message("system_error", path=error.filename, fault=fault) if error.filename else fault
