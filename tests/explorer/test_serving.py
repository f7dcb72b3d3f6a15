"""How the server listens."""

from __future__ import annotations

import asyncio
import socket

from steelyard.explorer.serving import _listen
from steelyard.explorer.settings import Settings
from tests.loops import run_apart


def test_an_answer_in_two_parts_does_not_wait_for_the_receipt_of_the_first():
    """Else the system holds the second part back, for 40 ms where the reader is in no hurry to confirm."""

    async def delayed() -> int:
        answered: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        def taken(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            own = writer.get_extra_info("socket")
            answered.set_result(own.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        door = _listen(Settings(port=0), tries=1)
        async with await asyncio.start_server(taken, sock=door):
            _, writer = await asyncio.open_connection(*door.getsockname())
            writer.close()
            return await asyncio.wait_for(answered, 10)

    assert run_apart(delayed) != 0
