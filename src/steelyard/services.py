"""Commands that go on until somebody ends them: the explorer in a browser, the server for language models."""

from __future__ import annotations

from pathlib import Path

import click

from steelyard.options import CASE, QUIET
from steelyard.outcome import FINE


@click.command()
@CASE
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Where to listen; others than this machine need a token.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help="Which port; the next one that is free from 8765 on, unless given.",
)
@click.option(
    "--token", envvar="STEELYARD_TOKEN", help="What visitors must show; made where --host lets others in."
)
@click.option("--reviews", is_flag=True, help="Let others write reviews too, where --host lets them in.")
@click.option("--no-browser", is_flag=True, help="Print the address, and open no browser.")
@QUIET
def serve(
    case: Path,
    host: str,
    port: int | None,
    token: str | None,
    reviews: bool,
    no_browser: bool,
    quiet: bool,
) -> int:
    """The explorer in a browser: sliders, texts read at once, reviews; prints its address.

    CASE is a case or a folder with several. It serves this machine alone unless --host says otherwise, and
    ends with Ctrl-C.
    """
    import webbrowser

    from steelyard.explorer.serving import serve as serve_cases
    from steelyard.explorer.settings import Settings

    def opened(address: str) -> None:
        if not no_browser:
            webbrowser.open(address)

    def tell(address: str) -> None:
        click.echo(address)
        if not quiet:
            click.echo("Press Ctrl-C to end it.", err=True)

    asked = 8765 if port is None else port
    settings = Settings(host=host, port=asked, token=token or "", reviews=reviews)
    serve_cases(case, settings, fixed_port=port is not None, tell=tell, opened=opened)
    return FINE


@click.command()
@click.argument(
    "folders", nargs=-1, metavar="[FOLDER]...", type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option(
    "--seconds",
    type=click.FloatRange(1, 3600),
    default=60,
    metavar="N",
    help="How long one call may take; 60 where nothing is said.",
)
@click.option(
    "--megabytes",
    type=click.IntRange(1, 200),
    default=20,
    metavar="N",
    help="How large what one call reads may be; 20 where nothing is said.",
)
def mcp(folders: tuple[Path, ...], seconds: float, megabytes: int) -> int:
    """A server for language-model clients, over standard input and output: read, check, audit and project.

    It speaks the Model Context Protocol, and needs the package mcp: pip install 'steelyard[mcp]'. Texts come
    inline, or as paths below FOLDER; without a FOLDER no file is read. It writes nothing and asks no other
    host for anything.
    """
    from steelyard.mcp.reach import Reach
    from steelyard.mcp.server import serve as serve_clients
    from steelyard.state import version

    serve_clients(Reach(tuple(folder.resolve() for folder in folders), seconds, megabytes), version())
    return FINE


SERVICES = (serve, mcp)
