"""Looks for a break of every invariant."""

from datetime import datetime
from typing import ClassVar, Literal

from msgspec import Struct

from bedspace.store import Tx
from gateway.verify.invariants import INVARIANTS, Head, Look
from schemas.acts import Done


class Verify(Struct, frozen=True, kw_only=True):
    """`head` is a published head of the audit chain, as a log has it."""

    action: ClassVar[str] = "verify"

    head: Head | None = None


class Finding(Struct, frozen=True, kw_only=True):
    """`found` says in words, with ids only, what breaks it; at most twenty."""

    id: str
    holds: str
    state: Literal["holds", "warning", "broken"]
    found: list[str]


async def verify(tx: Tx, command: Verify, now: datetime) -> Done[list[Finding]]:
    """Every invariant is one look, consistent in itself, so that work may go on meanwhile."""
    look = Look(tx, now, command.head)
    findings = []
    for invariant in INVARIANTS:
        found = await invariant.find(look)
        findings.append(finding(invariant.id, invariant.holds, found, only_warns=invariant.only_warns))
    return Done(findings, subject="invariants")


def finding(id_: str, holds: str, found: list[str], *, only_warns: bool = False) -> Finding:
    bad: Literal["warning", "broken"] = "warning" if only_warns else "broken"
    return Finding(id=id_, holds=holds, state=bad if found else "holds", found=found)
