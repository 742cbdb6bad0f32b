"""A named reader reads a file and answers the questions of the inspection, with reasons."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct, convert, field

from bedspace.store import Tx, queries
from gateway.transfers.prepare import tell
from gateway.transfers.status import taken
from schemas.acts import Done, Event
from schemas.errors import FieldFault, Invalid, NotThere
from schemas.files import Question, ReadReviews, ReviewCase, Reviewed, Reviews
from schemas.toml import bad, decoded

sql = queries(__file__)

FILE = Path(__file__).with_name("review.toml")

ANSWERS: dict[str, tuple[str, ...]] = {
    "count": ("met", "not_met", "not_applicable", "not_recorded"),
    "scale": ("fully", "largely", "partly", "not_met", "not_applicable", "not_recorded"),
}
SAY_WHY = {"partly", "not_met"}


class Asked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$")]
    title: Annotated[str, Meta(min_length=1)]
    kind: Literal["count", "scale"]
    rule: str | None = None
    of: str = ""


class _Review(Struct, frozen=True, forbid_unknown_fields=True):
    question: tuple[Asked, ...] = field(default=())


@cache
def asked(path: Path = FILE) -> dict[str, Asked]:
    """By id, in the order of the inspection. Raises `Invalid` naming file, key and line."""
    found = decoded(path, _Review).question
    for n, one in enumerate(found):
        if one.id in {other.id for other in found[:n]}:
            raise bad(path, f"question[{n}].id", f"there is a question {one.id} already")
    return {one.id: one for one in found}


def questions() -> list[Question]:
    return [
        Question(id=one.id, title=one.title, rule=one.rule, of=one.of, answers=list(ANSWERS[one.kind]))
        for one in asked().values()
    ]


async def review_case(tx: Tx, command: ReviewCase, now: datetime) -> Done[Reviews]:
    """All of the answers, or none. Raises `NotThere`, and `Invalid` naming each that does not fit."""
    row = await taken(tx, command.id)
    if not await sql.sees_the_person(tx, person=row["person_id"]):
        raise NotThere("The file of this person is not yours to read.")
    faults = [fault for n in range(len(command.answers)) for fault in _faults(command, n)]
    if faults:
        raise Invalid(*faults)
    await sql.keep(
        tx,
        nsi=command.id,
        now=now,
        questions=[one.question for one in command.answers],
        answers=[one.answer for one in command.answers],
        whys=[one.why.strip() for one in command.answers],
    )
    await tell(tx, command.id, "reviewed", now, note=f"{len(command.answers)} questions answered.")
    event = Event("case_reviewed", f"nsi:{command.id}", row["person_id"], {"questions": len(command.answers)})
    found = await _reviews(tx, command.id, row["reference"])
    return Done(found, (event,), (row["person_id"],))


def _faults(command: ReviewCase, n: int) -> list[FieldFault]:
    given, at = command.answers[n], f"answers[{n}]"
    question = asked().get(given.question)
    if question is None:
        return [FieldFault(f"{at}.question", "There is no such question. GET /api/v1/reviews/questions lists them.")]
    if given.question in {other.question for other in command.answers[:n]}:
        return [FieldFault(f"{at}.question", "It is answered twice here. Answer it once.")]
    if given.answer not in ANSWERS[question.kind]:
        return [FieldFault(f"{at}.answer", f"Choose one of: {', '.join(ANSWERS[question.kind])}.")]
    if given.answer in SAY_WHY and not given.why.strip():
        return [FieldFault(f"{at}.why", "Say why it was not, or only partly, so.")]
    return []


async def read_reviews(tx: Tx, command: ReadReviews, now: datetime) -> Done[Reviews]:  # noqa: ARG001  # a verb takes the time
    """Of every reader. Raises `NotThere`."""
    row = await taken(tx, command.id)
    found = await _reviews(tx, command.id, row["reference"])
    return Done(found, persons=(row["person_id"],), subject=f"nsi:{command.id}")


async def _reviews(tx: Tx, nsi: object, reference: str) -> Reviews:
    order = list(asked())
    rows = [convert(row, Reviewed) for row in await sql.reviews(tx, nsi=nsi)]
    rows.sort(key=lambda one: (one.read_by, order.index(one.question) if one.question in order else len(order)))
    return Reviews(id=nsi, reference=reference, items=rows)  # type: ignore[arg-type]  # the id as it was given
