-- name: before^
-- What an NSI is before a change, and when its person moves.
select move_on, until, address, postcode, receiving_pdu, receiving_region, spoc_id, way, sending_pdu
from nsi where id = :id;

-- name: keep_change!
-- What the change found.
insert into nsi_change (nsi_id, n, at, reason, status, move_on, until, address, postcode, receiving_pdu, spoc_id)
select n.id, coalesce((select max(c.n) from nsi_change c where c.nsi_id = n.id), 0) + 1, :now, :reason, n.status,
       n.move_on, n.until, n.address, n.postcode, n.receiving_pdu, n.spoc_id
from nsi n where n.id = :id;

-- name: change!
-- What it is from now on.
update nsi set move_on = :move_on, until = :until, address = :address, way = :way where id = :id;

-- name: go_elsewhere!
-- To another place, and who receives there.
update nsi set postcode = :postcode, receiving_pdu = :pdu, receiving_region = :region, spoc_id = :spoc where id = :id;

-- name: same_open$
-- The reference of an open NSI of the same person, kind, day and receiving PDU.
select o.reference from nsi o join nsi n on n.id = :id
where o.id <> n.id and o.person_id = n.person_id and o.type = n.type
  and o.move_on = :move_on and o.receiving_pdu = :pdu and o.merged_into is null
  and o.status not in ('completed', 'withdrawn', 'returned')
order by o.number limit 1;
