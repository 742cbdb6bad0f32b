-- name: nsi^
-- The NSI that a place is sought for, locked by `taken` before.
select n.rosh, n.sending_pdu, n.receiving_pdu, n.sender_email,
       case when coalesce(n.receiving_pdu = any (string_to_array(current_setting('bedspace.pdus', true), ',')), false)
             and not coalesce(n.sending_pdu = any (string_to_array(current_setting('bedspace.pdus', true), ',')), false)
            then n.receiving_pdu else coalesce(n.sending_pdu, n.receiving_pdu) end as pdu_code
from nsi n where n.id = :nsi;

-- name: placement^
-- The placement that a bed is sought for, locked.
select id, reference, person_id, state, rosh, referring_pdu as pdu_code from placement where id = :id for update;

-- name: lead_is_named$
-- Whether there is a national lead to write to.
select told_at('national_lead', null, :today::date) is not null;

-- name: open_one^
-- What is in the queue already.
select id, reference from hard_to_place
where outcome is null and (nsi_id = :nsi::uuid or placement_id = :placement::uuid);

-- name: keep$
-- Somebody is in the queue; answers the reference.
insert into hard_to_place (id, person_id, nsi_id, placement_id, pdu_code, rosh, reason, tried, needed, sought_at)
values (:id, :person, :nsi::uuid, :placement::uuid, :pdu, :rosh, :reason, :tried, :needed, :now)
returning reference;

-- name: mark!
-- Since when an NSI is in the queue of the nation.
update nsi set hard_to_place_since = :since::timestamptz where id = :nsi;

-- name: step!
-- One more line of what was done.
insert into hard_to_place_step (sought_id, n, at, kind, said)
values (:id, (select coalesce(max(n), 0) + 1 from hard_to_place_step where sought_id = :id), :now, :kind, :said);

-- name: look^
-- What a search is about: then its NSI or placement is locked, and then it.
select nsi_id, placement_id from hard_to_place where id = :id;

-- name: lock_nsi!
-- Nobody changes what it is about meanwhile.
select from nsi where id = :nsi::uuid for no key update;

-- name: lock_placement!
-- Nobody changes what it is about meanwhile.
select from placement where id = :placement::uuid for update;

-- name: taken^
-- One search, locked.
select h.id, h.reference, h.person_id, h.nsi_id, h.placement_id, h.leads, h.outcome, h.closed_at, h.sought_at,
       coalesce(n.reference, pl.reference) as about, coalesce(n.quiet, false) as quiet,
       n.sending_pdu, n.sender_email, pl.officer_email,
       coalesce(current_setting('bedspace.nation', true), '') = 'on' as national
from hard_to_place h left join nsi n on n.id = h.nsi_id left join placement pl on pl.id = h.placement_id
where h.id = :id for update of h;

-- name: lead!
-- Who leads the search.
update hard_to_place set leads = :leads, leads_since = :now where id = :id;

-- name: close!
-- How it ended.
update hard_to_place set outcome = :outcome, closed_at = :now,
  closed_by = coalesce(nullif(current_setting('bedspace.actor', true), ''), 'gateway'),
  closed_role = current_setting('bedspace.role', true)
where id = :id and outcome is null;

-- name: carry!
-- It is about another NSI from now on.
update hard_to_place set nsi_id = :nsi where id = :id;

-- name: open_of
-- What is open about an NSI or a placement.
select id from hard_to_place where outcome is null and (nsi_id = :nsi::uuid or placement_id = :placement::uuid);

-- name: searches
-- The queue: the highest risk first, and then the longest wait. A masked person has neither name nor CRN.
select h.id, h.reference, h.nsi_id as nsi, h.placement_id as placement, coalesce(n.reference, pl.reference) as about,
       p.crn, p.name, h.person_id, h.pdu_code as pdu, pdu.name as pdu_name, h.rosh, h.reason, h.sought_at, h.leads, h.leads_since,
       h.outcome, h.closed_at, k.rank, h.number,
       (select count(*) from approach a where a.placement_id = h.placement_id)::int as asked
from hard_to_place h
cross join lateral (
  select coalesce(array_position(array['very_high', 'high', 'medium', 'low'], h.rosh), 5) as rank) k
left join nsi n on n.id = h.nsi_id
left join placement pl on pl.id = h.placement_id
left join person p on p.id = h.person_id
left join pdu on pdu.code = h.pdu_code
where (h.outcome is null) = :open::boolean
  and (:after::bigint is null or case when :open then (k.rank, h.number) > (:rank::int, :after) else h.number < :after end)
order by case when :open then k.rank end, case when :open then h.number else -h.number end
limit :limit::int;

-- name: search^
-- One search with all that is on record of it. What is about the person is masked with them.
select h.id, h.reference, h.nsi_id as nsi, h.placement_id as placement, coalesce(n.reference, pl.reference) as about,
       p.crn, p.name, h.person_id, h.pdu_code as pdu, pdu.name as pdu_name, h.rosh, h.reason, h.sought_at, h.sought_by, h.leads,
       h.leads_since, h.outcome, h.closed_at,
       case when p.id is not null then h.tried end as tried, case when p.id is not null then h.needed end as needed,
       (select count(*) from approach a where a.placement_id = h.placement_id)::int as asked
from hard_to_place h
left join nsi n on n.id = h.nsi_id
left join placement pl on pl.id = h.placement_id
left join person p on p.id = h.person_id
left join pdu on pdu.code = h.pdu_code
where h.id = :id;

-- name: steps
-- What was done, oldest first.
select s.at, s.kind, case when p.id is not null then s.said end as said, s.by_whom as by
from hard_to_place_step s join hard_to_place h on h.id = s.sought_id left join person p on p.id = h.person_id
where s.sought_id = :id order by s.n;

-- name: approaches
-- Premises that were approached.
select pr.code as premises, pr.name, a.asked_at, a.outcome, a.reason
from approach a join premises pr on pr.id = a.premises_id
where a.placement_id = :placement::uuid order by a.asked_at, a.id;

-- name: of_record$
-- The newest search about an NSI or a placement.
select id from hard_to_place where nsi_id = :nsi::uuid or placement_id = :placement::uuid
order by outcome is null desc, number desc limit 1;

-- name: id_of$
-- The search of a reference.
select id from hard_to_place where reference = :reference;
