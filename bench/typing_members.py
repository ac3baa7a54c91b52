"""Members that type at once, each a save every two seconds: how long each save took, and what was acknowledged."""

import asyncio
import json
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from panel_app.foundation.keys import new_key

PAUSE = 2.0
TEXT = "Two releases with figures before and after, and a rota that answers its alerts; save {number} of many."
FIELDS = tuple(f"C{number}.{part}" for number in range(1, 7) for part in ("rationale", "feedback"))
PATIENCE = 15.0


@dataclass
class Member:
    """One who types: address of their sheet, cookie and token, what they sent, and what was acknowledged."""

    path: str
    assignment: str
    headers: str
    revision: int
    page: str = field(default_factory=new_key)
    acknowledged: dict[str, int] = field(default_factory=dict)
    last: dict[str, str] = field(default_factory=dict)
    sent: int = 0

    def body(self) -> tuple[str, dict[str, object]]:
        """The next save."""
        self.sent += 1
        name, value = FIELDS[self.sent % len(FIELDS)], TEXT.format(number=self.sent)
        operation = new_key()
        change = {"field": name, "value": value, "revision": self.revision, "operation": operation, "page": self.page}
        return operation, {"assignment": self.assignment, **change}


async def _ask(port: int, member: Member, body: bytes) -> tuple[int, bytes]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        head = f"PATCH {member.path} HTTP/1.0\r\n{member.headers}Content-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        answer = await reader.read()
    finally:
        writer.close()
    status, _, rest = answer.partition(b"\r\n")
    return int(status.split()[1]), rest.partition(b"\r\n\r\n")[2]


async def _save(port: int, member: Member, took: list[float]) -> None:
    """One save, sent again under the same operation until it is acknowledged."""
    operation, change = member.body()
    body, began = json.dumps(change).encode(), time.perf_counter()
    while True:
        with suppress(OSError, IndexError, TimeoutError, ValueError):
            status, said = await asyncio.wait_for(_ask(port, member, body), PATIENCE)
            if status == 200:
                took.append(time.perf_counter() - began)
                member.revision = json.loads(said).get("revision", member.revision)
                member.acknowledged[operation] = member.revision
                member.last[str(change["field"])] = str(change["value"])
                return
            if status < 500:
                raise AssertionError(f"{member.path} answered {status}: {said[:200]!r}")
        await asyncio.sleep(0.2)


async def _type(port: int, member: Member, at: float, until: float, took: list[float]) -> None:
    await asyncio.sleep(at)
    while (began := time.monotonic()) < until:
        await _save(port, member, took)
        await asyncio.sleep(max(0.0, PAUSE - (time.monotonic() - began)))


def type_for(seconds: float, port: int, members: Sequence[Member]) -> list[float]:
    """All type for so long; gives the seconds of every acknowledged save, its repetitions included."""

    async def run() -> list[float]:
        took: list[float] = []
        until = time.monotonic() + seconds
        starts = (number * PAUSE / len(members) for number in range(len(members)))
        await asyncio.gather(*(_type(port, each, at, until, took) for each, at in zip(members, starts, strict=True)))
        return took

    return asyncio.run(run())
