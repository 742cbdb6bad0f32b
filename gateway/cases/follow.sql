-- name: counting_nsis
-- The NSIs of a person that are not over, and those that are completed with a rule still open: who has moved is seen
-- every week after that too. Locked in one order.
select n.id, n.status <> 'completed' as open from nsi n
where n.person_id = :person and n.merged_into is null and n.status not in ('withdrawn', 'returned')
  and (n.status <> 'completed'
       or exists (select from nsi_clock c where c.nsi_id = n.id and c.applies and c.met_on is null))
order by n.id for update of n;
