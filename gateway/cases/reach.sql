-- name: areas
-- PDUs that have to do with a person, whoever is responsible first, and whether each is in reach.
with of as (
  (select r.pdu_code as pdu, 'responsible' as why, 1 as n from responsibility r
   where r.person_id = :person::uuid order by r.since desc limit 1)
  union all
  select c.by_pdu, 'caretaking', 2 from caretaking c where c.person_id = :person and c.during @> :today::date
  union all
  select ends.pdu, 'nsi', 3 from nsi n cross join lateral (values (n.receiving_pdu), (n.sending_pdu)) ends (pdu)
  where n.person_id = :person and n.merged_into is null and n.status not in ('completed', 'withdrawn', 'returned')
  union all
  select pl.referring_pdu, 'placement', 4 from placement pl
  where pl.person_id = :person and pl.state not in ('departed', 'not_arrived', 'cancelled', 'withdrawn', 'declined', 'lapsed')
  union all
  select ends.pdu, 'release', 5 from release r cross join lateral (values (r.pdu_code), (r.home_pdu)) ends (pdu)
  where r.person_id = :person and r.state not in ('released', 'returned', 'cancelled')
)
select pdu, why, coalesce(pdu_in_scope(pdu), false) as ours from of where pdu is not null order by n, pdu;
