"""The files that pages are made with, held in memory: there are few, and no path leads anywhere else."""

import gzip
from functools import cache

from litestar import get
from litestar.params import FromPath
from litestar.response import Response
from msgspec import Struct

from gateway.pages.page import Ask
from gateway.pages.templates import STATIC
from schemas.errors import NotThere

KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
FOR_GOOD = "public, max-age=31536000, immutable"
"""Addresses change with the content."""


class File(Struct, frozen=True):
    kind: str
    plain: bytes
    packed: bytes


@cache
def files() -> dict[str, File]:
    found = {path.name: path for path in STATIC.iterdir() if path.suffix in KINDS}
    return {
        name: File(KINDS[path.suffix], path.read_bytes(), gzip.compress(path.read_bytes(), mtime=0))
        for name, path in found.items()
    }


@get("/static/{name:str}", include_in_schema=False)
async def static_file(request: Ask, name: FromPath[str]) -> Response[bytes]:
    file = files().get(name)
    if file is None:
        raise NotThere("There is no such file.")
    headers = {"cache-control": FOR_GOOD, "vary": "accept-encoding"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(file.plain, media_type=file.kind, headers=headers)
    return Response(file.packed, media_type=file.kind, headers={**headers, "content-encoding": "gzip"})
