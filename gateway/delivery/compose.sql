-- name: nsi_to_spoc^
-- What the letter to a SPOC, or to who covers on the day, is written from: nothing about the person.
select n.id, n.reference, n.type, n.status, n.person_id, p.name as pdu, s.id as spoc_id, s.email as spoc_email
from nsi n join pdu p on p.code = n.receiving_pdu
left join spoc_absence a on a.spoc_id = n.spoc_id and a.during @> :today::date
left join spoc s on s.id = coalesce(a.cover_id, n.spoc_id)
where n.id = :id;

-- name: nsi_to_region^
-- What the letter about an NSI that was sent on more than once is written from, and whom its region names.
select n.reference, n.person_id, c.id as contact_id, c.email,
       (select count(*) from nsi_reroute r where r.nsi_id = n.id)::int as times,
       (select string_agg(p.name, ', ' order by r.n) from nsi_reroute r join pdu p on p.code = r.from_pdu
        where r.nsi_id = n.id) as been
from nsi n
left join lateral (
  select id, email from spoc
  where region_code = n.receiving_region and valid @> :today::date and purpose in ('transfer', 'temporary_move')
  order by purpose = case n.type when 'temporary_move' then 'temporary_move' else 'transfer' end desc limit 1
) c on true
where n.id = :id;

-- name: open_clocks
-- The dates still to keep, soonest first.
select rule, title, due from nsi_clock where nsi_id = :id and met_on is null and applies order by due, rule;

-- name: message^
-- What the reply to a sender is written from: nothing of what the message says.
select i.id, i.received_at, i.missing, i.sender_email, i.message_id,
       coalesce(i.draft ->> 'automatic', '') as automatic
from inbox i where i.id = :id;

-- name: nsis_of_message
-- The NSIs that a message became, or that it repeats.
select id, reference, status, person_id, missing from nsi where inbox_id = :id order by number;
