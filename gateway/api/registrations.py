"""What areas register a person for, where they differ, and whether a region records ViSOR."""

from typing import Annotated
from uuid import UUID

from litestar import get, put
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, JSONBody, PathParameter, QueryParameter
from msgspec import Struct

from gateway.access.act import act
from gateway.api.case_door import on_person, on_record
from gateway.api.documented import GUARDED, problems
from gateway.api.keys import IdempotencyKey
from gateway.cases.needs import ask_needs, read_needs, record_ethnicity
from gateway.cases.read_registrations import list_mismatches, read_registrations
from gateway.cases.registrations import end_registration, register_person
from gateway.cases.visor import switch_visor
from gateway.given import GivenActor, GivenWorks
from schemas.needs import AskNeeds, Needs, NeedsAsked, ReadNeeds, RecordEthnicity
from schemas.registrations import (
    EndRegistration,
    ListMismatches,
    Mismatches,
    ReadRegistrations,
    Registered,
    RegisterPerson,
    Registrations,
    SwitchVisor,
    VisorSwitched,
)

Region = Annotated[str, PathParameter(max_length=20, description="Code of a region.")]
Pdu = Annotated[str | None, QueryParameter(max_length=20, description="Code of a PDU at either side.")]


class Switch(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether the region records ViSOR here."""

    on: bool


@get(
    "/people/{person_id:uuid}/registrations",
    summary="Show registrations by area",
    tags=["People"],
    responses=problems(*GUARDED, 404),
)
async def registrations(person_id: FromPath[UUID], works: GivenWorks, actor: GivenActor) -> Registrations:
    """Each area's own, and where two of them differ."""
    return await act(works.house, actor, read_registrations, ReadRegistrations(person=str(person_id)))


@get(
    "/registrations/mismatches",
    summary="List where areas differ",
    tags=["People"],
    responses=problems(*GUARDED, 422),
)
async def mismatches(works: GivenWorks, actor: GivenActor, pdu: Pdu = None) -> Mismatches:
    """As data for figures: who is registered differently by two areas, within reach."""
    return await act(works.house, actor, list_mismatches, ListMismatches(pdu=pdu))


@get(
    "/people/{person_id:uuid}/needs",
    summary="Show diversity needs",
    tags=["People"],
    responses=problems(*GUARDED, 404),
)
async def needs(person_id: FromPath[UUID], works: GivenWorks, actor: GivenActor) -> Needs:
    """With the moves they were asked for, and ethnicity as the person said it: null is not recorded."""
    return await act(works.house, actor, read_needs, ReadNeeds(person=str(person_id)))


@put(
    "/regions/{region:str}/visor",
    summary="Turn ViSOR on or off for a region",
    tags=["Locator"],
    responses=problems(*GUARDED, 404, 413, 422),
)
async def visor(
    region: Region,
    data: JSONBody[Switch],
    works: GivenWorks,
    actor: GivenActor,
    idempotency_key: IdempotencyKey = None,
) -> VisorSwitched:
    """It is off until somebody turns it on. Then the whole record passes when supervision does."""
    command = SwitchVisor(region=region, on=data.on)
    return await act(works.house, actor, switch_visor, command, key=idempotency_key)


doors: list[HTTPRouteHandler] = [
    registrations,
    mismatches,
    needs,
    visor,
    on_person(
        "registrations",
        register_person,
        RegisterPerson,
        Registered,
        "Register a person",
        "By an area for itself. Clocks and action lists follow at once; where two areas differ, both are asked.",
        makes=True,
    ),
    on_record(
        "registrations/{record_id:uuid}/end",
        "registration",
        end_registration,
        EndRegistration,
        Registered,
        "End a registration",
        "Clocks and action lists follow at once.",
    ),
    on_person(
        "needs",
        ask_needs,
        AskNeeds,
        NeedsAsked,
        "Record diversity needs",
        "All that the person answered; what is not in it has ended. The action of each move is done by it.",
    ),
    on_person(
        "ethnicity",
        record_ethnicity,
        RecordEthnicity,
        NeedsAsked,
        "Record ethnicity",
        "As the person says it. Nothing infers it.",
    ),
]
