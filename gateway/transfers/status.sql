-- name: taken^
-- One NSI, locked until the end of this transaction.
select n.id, n.reference, n.type, n.status, n.person_id, n.regime, n.inbox_id,
       n.receiving_pdu, n.receiving_region, pdu.name as receiving_pdu_name,
       coalesce((select max(at) from nsi_history h where h.nsi_id = n.id and h.status is not null), n.created_at)
         as status_at
from nsi n join pdu on pdu.code = n.receiving_pdu
where n.id = :id for update of n;

-- name: set_status!
-- The status it has now, and the day it ended where it is over; nsi_history has those before.
update nsi set status = :status::text,
  ended_on = case when :status in ('completed', 'withdrawn', 'returned') then :today::date end
where id = :id;

-- name: meet!
-- Meets rules that were not met yet.
update nsi_clock set met_on = :on where nsi_id = :nsi and rule = any (:rules::text[]) and met_on is null;

-- name: pass_responsibility$
-- The receiving side is responsible from then on, and never from before the one it follows.
insert into responsibility (person_id, since, region_code, pdu_code)
select :person::uuid,
       greatest(:at::timestamptz, (select max(since) + interval '1 microsecond' from responsibility where person_id = :person)),
       :region, :pdu
where :pdu::text is distinct from
  (select pdu_code from responsibility where person_id = :person order by since desc limit 1)
returning since;
