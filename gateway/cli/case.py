"""`bedspace case`: what is on record of one person, contacts to import, and two records made one."""

import asyncio
from collections.abc import Iterator
from typing import Any, TextIO

import msgspec
import rich_click as click

from gateway.access.act import act
from gateway.access.actors import OPERATOR
from gateway.cases.import_log import import_contacts
from gateway.cases.record import read_case
from gateway.people.merge import merge_people, unmerge_people
from gateway.settings import read_settings
from gateway.wiring import open_works
from schemas.cases import Case, ReadCase
from schemas.contacts import ImportContacts
from schemas.errors import Invalid
from schemas.identity import MergePeople, UnmergePeople


@click.group()
def case() -> None:
    """Show the record of a person, import a contact log, and make two records one.

    A limited-access person is masked here too; looking is on the audit record.

    \b
    bedspace case show X123456
    bedspace case import-contacts X123456 --pdu N55YRK --source crams log.json
    bedspace case merge X123456 X765432 --reason "The fingerprints are the same"
    bedspace case unmerge X123456 MERGE --reason "They are brothers"
    """


@case.command()
@click.argument("who", metavar="CRN|ID")
@click.option("--json", "as_json", is_flag=True, help="The answer as the API gives it.")
def show(who: str, *, as_json: bool) -> None:
    """Show the record of one person."""
    found: Case = asyncio.run(_do(read_case, ReadCase(person=who)))
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
        return
    click.echo("\n".join(_whole(found)))


@case.command("import-contacts")
@click.argument("who", metavar="CRN|ID")
@click.argument("file", type=click.File(), default="-")
@click.option("--pdu", required=True, metavar="CODE", help="The area whose log it is.")
@click.option("--source", required=True, metavar="NAME", help="The system it comes from, such as crams.")
def import_contacts_(who: str, file: TextIO, pdu: str, source: str) -> None:
    """Import a contact log: a JSON list of contacts, each with `at`, `kind`, `outcome` and `external_reference`."""
    try:
        lines = msgspec.json.decode(file.read())
        command = msgspec.convert({"person": who, "source": source, "pdu": pdu, "contacts": lines}, ImportContacts)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise Invalid.because("file", str(error)) from error
    done = asyncio.run(_do(import_contacts, command))
    click.echo(f"{done.new} new, {done.changed} changed, {done.same} as they were")
    click.echo(f"{done.absences} unacceptable absences of all areas")


@case.command()
@click.argument("who", metavar="CRN|ID")
@click.argument("other", metavar="CRN|ID")
@click.option("--reason", required=True, help="How you know that they are one person.")
def merge(who: str, other: str, reason: str) -> None:
    """Make the record OTHER one with the first, which is kept."""
    done = asyncio.run(_do(merge_people, MergePeople(person=who, merged=other, reason=reason)))
    moved = ", ".join(f"{n} {what.replace('_', ' ')}" for what, n in done.moved.items() if n) or "nothing"
    click.echo(f"{done.merged} is one with {done.kept}: {moved}. To undo it: bedspace case unmerge {who} {done.merge}")


@case.command()
@click.argument("who", metavar="CRN|ID")
@click.argument("which", metavar="MERGE", type=click.UUID)
@click.option("--reason", required=True, help="How you know that they are two people.")
def unmerge(who: str, which: Any, reason: str) -> None:
    """Make them two again, exactly as they were; what came since stays with the record that was kept."""
    done = asyncio.run(_do(unmerge_people, UnmergePeople(person=who, merge=which, reason=reason)))
    click.echo(f"{done.merged} is a record of its own again.")


async def _do(verb: Any, command: Any) -> Any:
    async with open_works(read_settings()) as works:
        return await act(works.house, OPERATOR, verb, command)


def _whole(found: Case) -> Iterator[str]:
    person = found.person
    if found.contacts is None:
        yield "(limited access)"
    else:
        numbers = [one for one in (person.crn, person.noms, person.pnc, found.cro) if one]
        yield ", ".join([person.name or "", *numbers])
        absences = found.contacts.absences
        yield f"  absences    {absences.unacceptable} unacceptable of all areas, {absences.in_a_row} in a row"
    for one in found.sentences:
        hours = f", {one.hours_outstanding} hours outstanding" if one.hours_outstanding is not None else ""
        yield f"  {one.kind:<11} {one.code} from {one.starts_on}{hours}"
        for each in one.requirements:
            mark = " (binds during a move)" if each.restrictive else ""
            yield f"              {each.n}. {each.kind}: {each.title}{mark}"
    for unlike in found.registrations.mismatches if found.registrations else ():
        yield f"  differ      {unlike.one_name} and {unlike.other_name}: {unlike.kind.replace('_', ' ')}"
    for nsi in found.nsis:
        yield f"  {nsi.reference}  {nsi.status.replace('_', ' ')}, to {nsi.receiving} on {nsi.move_on}"
    for placement in found.placements:
        yield f"  {placement.reference}   {placement.state}, {placement.arrives_on} to {placement.departs_on}"
