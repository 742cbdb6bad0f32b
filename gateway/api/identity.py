"""Who somebody is: other names, further identifiers, and two records made one."""

from litestar.handlers import HTTPRouteHandler

from gateway.api.case_door import on_person, on_record
from gateway.people.identify import add_alias, record_identifier
from gateway.people.merge import merge_people, unmerge_people
from schemas.identity import AddAlias, Identified, MergePeople, PeopleMerged, RecordIdentifier, UnmergePeople

doors: list[HTTPRouteHandler] = [
    on_person(
        "aliases",
        add_alias,
        AddAlias,
        Identified,
        "Add another name",
        "A message under it finds the person.",
    ),
    on_person(
        "identifiers",
        record_identifier,
        RecordIdentifier,
        Identified,
        "Record an identifier",
        "A further one; with `present`, the one that counts, and the one before is kept as a former one.",
    ),
    on_person(
        "merge",
        merge_people,
        MergePeople,
        PeopleMerged,
        "Make two records one",
        "Whatever is of `merged` goes to this record. What both have and one person cannot have is named with 409.",
    ),
    on_record(
        "merges/{record_id:uuid}/undo",
        "merge",
        unmerge_people,
        UnmergePeople,
        PeopleMerged,
        "Make them two again",
        "What the merge moved goes back; what came since stays with this record.",
    ),
]
