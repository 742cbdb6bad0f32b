"""The columns of a file of beds: one line a bed. What a column means is said once, here."""

from bedspace.sheets import Sheet

COLUMNS: dict[str, str] = {
    "premises": "Code of the premises, such as P034. Needed.",
    "name": "Name of the premises. Needed for new ones.",
    "postcode": "Full postcode of the premises. Needed for new ones.",
    "pdu": "Code of their PDU, such as N55LEE. Left empty, that of the postcode, where only one is possible.",
    "gender": "Estate: male or female. Needed for new ones.",
    "type": "standard, pipe, esap, rfap, mental_health or independent.",
    "decides": "Who answers an AP referral: premises or central_referral_unit.",
    "arrive_by": "By which hour people arrive, such as 17:00.",
    "depart_by": "By which hour they leave, such as 12:00.",
    "turnaround_nights": "How many nights a bed rests between two people, 0 to 14.",
    "premises_characteristics": "What the premises as a whole offer or accept: codes, with spaces between.",
    "room": "Name of the room. Needed.",
    "room_characteristics": "What the room offers: codes, with spaces between.",
    "bed": "Code of the bed, such as P034-01. Needed.",
    "opens": "First night of a bed, such as 2027-01-11. Left empty, as it was; a new bed opens with the import.",
    "closes": "First night on which the bed is no more. Left empty, it has no end.",
}
NEEDED = ("premises", "room", "bed")
NEEDED_WHEN_NEW = ("name", "postcode", "gender")
OF_PREMISES = (
    "name",
    "postcode",
    "pdu",
    "gender",
    "type",
    "decides",
    "arrive_by",
    "depart_by",
    "turnaround_nights",
)
CODES = ("premises_characteristics", "room_characteristics")
BEDS = Sheet("bed", COLUMNS, NEEDED)
