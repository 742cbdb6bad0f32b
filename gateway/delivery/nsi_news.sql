-- name: news^
-- What a letter about a turn of an NSI is written from: nothing about the person.
select n.id, n.reference, n.type, n.status, n.person_id, receiving.name as pdu, sending.name as from_pdu
from nsi n join pdu receiving on receiving.code = n.receiving_pdu left join pdu sending on sending.code = n.sending_pdu
where n.id = :id;

-- name: contact^
-- The SPOC who is told, or who covers on the day: `receiving`, the `sending` PDU's, or of whom received it `before`.
with told as (
  select case :whose::text
    when 'receiving' then n.spoc_id
    when 'before' then (select c.spoc_id from nsi_change c
                        where c.nsi_id = n.id and c.receiving_pdu <> n.receiving_pdu order by c.n desc limit 1)
    else (select s.id from spoc s
          where s.pdu_code = n.sending_pdu and s.valid @> :today::date and s.purpose in ('transfer', 'temporary_move')
          order by (s.purpose = 'transfer') = (n.type = 'case_transfer') desc, s.id limit 1)
    end as id
  from nsi n where n.id = :id)
select s.id, s.email from told
left join spoc_absence a on a.spoc_id = told.id and a.during @> :today::date
join spoc s on s.id = coalesce(a.cover_id, told.id);
