-- name: taken^
-- One NSI, locked until the end of this transaction. Not against what only refers to it: whoever hands a person over
-- holds who is responsible, and writes a line of history of each NSI.
select n.id, n.reference, n.type, n.status, n.person_id, n.regime, n.inbox_id, n.move_on, n.quiet, n.source,
       n.team, n.officer, n.sending_pdu, n.receiving_pdu, n.receiving_region, pdu.name as receiving_pdu_name,
       into_.reference as merged_into
from nsi n join pdu on pdu.code = n.receiving_pdu
left join nsi into_ on into_.id = n.merged_into
where n.id = :id for no key update of n;

-- name: standing^
-- Since when the status is what it is, and by which source; and our next version. Read after the NSI is locked.
select coalesce(max(at), (select created_at from nsi where id = :id)) as status_at,
       coalesce((array_agg(source order by at desc, source collate "C" desc))[1], 'bedspace') as status_source,
       coalesce(max(version) filter (where source = 'bedspace'), 0) + 1 as next_version
from nsi_report where nsi_id = :id or (source <> 'bedspace' and nsi_id in (select id from nsi where merged_into = :id));
