"""Drives a server for some seconds over kept connections: with wrk where there is one, else from here."""

import asyncio
import re
import shutil
import subprocess
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from itertools import cycle
from pathlib import Path
from statistics import median
from time import perf_counter

from msgspec import Struct

from tests.bench.table import Sample

CONNECTIONS = 32

SCRIPT = """
local lines, at, token = {}, 0, "TOKEN"
for line in io.lines("FILE") do lines[#lines + 1] = line end
local headers = { ["Authorization"] = "Bearer " .. token, ["Content-Type"] = "application/json" }
request = function()
  at = at % #lines + 1
  local method, path, body = lines[at]:match("^(%S+)\\t(%S+)\\t(.*)$")
  return wrk.format(method, path, headers, body)
end
"""


class Request(Struct, frozen=True):
    method: str
    path: str
    body: bytes = b""


def driven(
    port: int, requests: Sequence[Request], token: str = "", connections: int = CONNECTIONS
) -> Callable[[float], Awaitable[Sample]]:
    """Rounds of these requests. A round raises `AssertionError` when anything but 200 is answered."""

    async def round_of(seconds: float) -> Sample:
        if shutil.which("wrk"):
            return await asyncio.to_thread(_wrk, port, requests, seconds, token, connections)
        return await _drive_from_here(port, requests, seconds, token, connections)

    return round_of


def _wrk(port: int, requests: Sequence[Request], seconds: float, token: str, connections: int) -> Sample:
    with tempfile.TemporaryDirectory() as folder:
        lines, script = Path(folder, "requests"), Path(folder, "requests.lua")
        lines.write_bytes(b"\n".join(f"{r.method}\t{r.path}\t".encode() + r.body for r in requests) + b"\n")
        script.write_text(SCRIPT.replace("FILE", str(lines)).replace("TOKEN", token))
        arguments = ["-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--timeout", "30s", "--latency"]
        command = ["wrk", *arguments, "-s", str(script), f"http://127.0.0.1:{port}/"]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    count, half = re.search(r"(\d+) requests in ([\d.]+)s", said), re.search(r"50%\s+([\d.]+)(us|ms|s)", said)
    if count is None or half is None or "Non-2xx" in said:
        raise AssertionError(said)
    return Sample(int(count[1]), float(count[2]), float(half[1]) * {"us": 0.001, "ms": 1, "s": 1000}[half[2]])


async def _drive_from_here(
    port: int, requests: Sequence[Request], seconds: float, token: str, connections: int
) -> Sample:
    took: list[float] = []
    began = perf_counter()
    turns = cycle([_bytes(request, token) for request in requests])
    await asyncio.gather(*(_repeat(port, turns, began + seconds, took) for _ in range(connections)))
    return Sample(len(took), perf_counter() - began, 1000 * median(took))


async def _repeat(port: int, turns: "cycle[bytes]", until: float, took: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while (began := perf_counter()) < until:
        writer.write(next(turns))
        head = await reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
        body = await reader.readexactly(int(length[1]) if length else 0)
        if b" 200 " not in head.split(b"\r\n", 1)[0]:
            raise AssertionError(head.decode() + body.decode(errors="replace"))
        took.append(perf_counter() - began)
    writer.close()
    await writer.wait_closed()


def _bytes(request: Request, token: str) -> bytes:
    return (
        f"{request.method} {request.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(request.body)}\r\n\r\n"
    ).encode() + request.body
