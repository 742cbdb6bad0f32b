"""A copy of the whole database in a file, and back again. By PostgreSQL's own tools, from the wheel."""

import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from subprocess import DEVNULL, PIPE
from typing import IO, cast
from urllib.parse import unquote, urlsplit

from gateway.embedded.binaries import postgres_programs
from gateway.store.migrate import migrations
from schemas.errors import BedspaceError, Conflict, Invalid, Unavailable
from schemas.words import Stamp

MAKE_ROLE = """
do $$ begin create role bedspace_app nologin; exception when duplicate_object or unique_violation then null; end $$;
grant bedspace_app to current_user;
"""
FORGET_TRANSACTIONS = """
update event e set xid = case when exists (select from audit a where a.xid = e.xid) then '3' else '4' end::xid8;
do $$ declare c record; begin
  for c in select table_name t, column_name n from information_schema.columns
           where udt_name = 'xid8' and table_schema = 'public' and table_name <> 'event'
  loop execute format('update public.%I set %I = ''3''', c.t, c.n); end loop;
end $$;
"""
"""Numbers of transactions mean nothing in another cluster: rows would look as if they were still being written.
Two that are over stand for all: 3, and 4 for events that nobody is on record for, which a check must still find."""

COUNT_TABLES = """
select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
"""


def back_up(url: str, file: Path) -> None:
    """A consistent copy, while everything runs; the whole file or none, readable by its owner only."""
    descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.absolute().parent)  # 0600
    fresh = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as out:
            _tool("pg_dump", "--format=custom", "--no-owner", "--no-comments", url=url, stdout=out)
            os.fsync(out.fileno())
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)


def restore(url: str, file: Path, stamp: Stamp) -> None:
    """Bring a copy into an empty database, all or nothing.

    Raises `Invalid` for a file that is no backup; `Conflict` for one that this version does not know or that has
    another stamp, and for a database that is not empty.
    """
    _check_backup(file, stamp)
    if not _is_empty(url):
        raise Conflict("This database is not empty, and a restore never overwrites. Restore into a new one.")
    _pour(url, file)


def _pour(url: str, file: Path) -> None:
    """From the file into one transaction, never whole in memory."""
    psql, environment = _call("psql", "--single-transaction", "--set=ON_ERROR_STOP=1", "-X", "-q", url=url)
    reader, _ = _call("pg_restore", "--no-owner", "--no-comments", "--file=-", str(file))
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as read:
        into = subprocess.Popen(psql, stdin=PIPE, stdout=DEVNULL, stderr=said, env=environment)  # noqa: S603  # the wheel's
        out_of = subprocess.Popen(reader, stdout=PIPE, stderr=read)  # noqa: S603  # the wheel's
        with (
            suppress(BrokenPipeError),
            cast("IO[bytes]", into.stdin) as pipe,
            cast("IO[bytes]", out_of.stdout) as script,
        ):
            pipe.write(MAKE_ROLE.encode())
            shutil.copyfileobj(script, pipe)
            if out_of.wait() != 0:
                into.kill()  # before the pipe closes: an end of input would commit
            else:
                pipe.write(b"\nreset all;\n" + FORGET_TRANSACTIONS.encode())
        for process, program, words in ((out_of, "pg_restore", read), (into, "psql", said)):
            if process.wait() != 0:
                words.seek(0)
                raise _explained(program, words.read().decode(errors="replace"))


def _check_backup(file: Path, stamp: Stamp) -> None:
    known = {migration.number: migration for migration in migrations()}
    for number, name, sha256 in _rows(file, "schema_migration", "number", "name", "sha256"):
        ours = known.get(int(number))
        if ours is None or f"\\\\x{ours.sha256.hex()}" != sha256:
            raise Conflict(
                f"This backup has migration {number} ({name}), which this version does not know. "
                "Restore it with the version that wrote it, or a newer one."
            )
    for (found,) in _rows(file, "installation", "stamp"):
        if found != stamp:
            raise Conflict(
                f"This backup is stamped {found!r}, and here it would be {stamp!r}. "
                "Set OIDC_ISSUER for a real one; unset it for a demo."
            )


def _rows(file: Path, table: str, *columns: str) -> list[list[str]]:
    """The columns of a table as they stand in the backup, in the text form of COPY. Raises `Invalid`."""
    lines = _tool("pg_restore", "--data-only", f"--table={table}", "--file=-", str(file)).decode().splitlines()
    heads = [number for number, line in enumerate(lines) if line.startswith(f"COPY public.{table} (")]
    if not heads:
        raise Invalid.because(file.name, "this is not a backup of Bedspace.")
    head = heads[0]
    names = lines[head].partition("(")[2].partition(")")[0].split(", ")
    body = lines[head + 1 : lines.index("\\.", head)]
    return [[line.split("\t")[names.index(column)] for column in columns] for line in body]


def _is_empty(url: str) -> bool:
    return int(_tool("psql", "-X", "-A", "-t", "--command", COUNT_TABLES, url=url)) == 0


def _call(program: str, *arguments: str, url: str | None = None) -> tuple[list[str], dict[str, str]]:
    """Command line and environment. The password goes by the environment, which other users cannot see."""
    environment = dict(os.environ)
    if url is not None:
        password = urlsplit(url).password
        if password is not None:
            environment["PGPASSWORD"] = unquote(password)
            url = url.replace(f":{password}@", "@", 1)
        arguments = ("--dbname", url, *arguments)
    return [str(postgres_programs() / program), *arguments], environment


def _tool(program: str, *arguments: str, url: str | None = None, stdout: int | IO[bytes] = PIPE) -> bytes:
    command, environment = _call(program, *arguments, url=url)
    done = subprocess.run(command, stdout=stdout, stderr=PIPE, env=environment, check=False)  # noqa: S603  # the wheel's
    if done.returncode != 0:
        raise _explained(program, done.stderr.decode(errors="replace"))
    return done.stdout or b""


def _explained(program: str, said: str) -> BedspaceError:
    said = said.strip()
    if program == "pg_restore":
        return Invalid.because("FILE", f"this is not a backup that can be read. {said}")
    hint = " The role needs BYPASSRLS, or to be a superuser." if "row-level security" in said else ""
    return Unavailable(f"{program} failed, and nothing was changed: {said}{hint}")
