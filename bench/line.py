"""A line between a browser and a server that counts what comes down it, whoever in the browser asked for it."""

import asyncio
import threading
import time
from contextlib import suppress
from types import TracebackType

CHUNK = 65536
QUIET = 4.0
"""Seconds: longer than anything in the browser waits before it fetches what it keeps for later."""
PATIENCE = 60.0


class Line:
    """Listens on a port of its own and passes everything on to another; a context, open in a thread of its own."""

    def __init__(self, to_port: int) -> None:
        self.to_port, self.port = to_port, 0
        self.came: list[tuple[float, int]] = []
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)

    @property
    def address(self) -> str:
        """Without a slash at its end."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "Line":
        self.thread.start()
        opened = asyncio.start_server(self._pass_on, "127.0.0.1", 0)
        self.server = asyncio.run_coroutine_threadsafe(opened, self.loop).result()
        self.port = self.server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self.loop).result()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    def bytes_between(self, begin: float, end: float) -> int:
        """What came after one time and up to another, in seconds of `time.time()`."""
        return sum(size for at, size in tuple(self.came) if begin < at <= end)

    def wait_until_quiet(self) -> None:
        """Until nothing came for some seconds. Raises TimeoutError after a minute."""
        end = time.time() + PATIENCE
        while time.time() < end:
            if not self.bytes_between(time.time() - QUIET, time.time()):
                return
            time.sleep(0.1)
        raise TimeoutError("the line never falls quiet")

    async def _pass_on(self, browser: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            server, forth = await asyncio.open_connection("127.0.0.1", self.to_port)
            await asyncio.gather(_pump(browser, forth), _pump(server, back, self.came))

    async def _end(self) -> None:
        self.server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)


async def _pump(
    source: asyncio.StreamReader, target: asyncio.StreamWriter, came: list[tuple[float, int]] | None = None
) -> None:
    try:
        with suppress(OSError):
            while chunk := await source.read(CHUNK):
                if came is not None:
                    came.append((time.time(), len(chunk)))
                target.write(chunk)
                await target.drain()
    finally:
        target.close()
