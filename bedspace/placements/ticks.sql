-- name: due_to_lapse
-- Placements with an approach that nobody answered in time.
select distinct placement_id as id from approach where outcome is null and answer_by <= :now limit 100;

-- name: due_to_alert
-- Those expected, by booking or by a move between premises, who had not arrived by the agreed hour; nobody is told yet.
select pl.id from placement pl
where pl.alerted_at is null and pl.arrive_by <= :now
  and (pl.state = 'booked'
       or pl.state = 'arrived' and exists (
         select from relocation m where m.placement_id = pl.id and m.settled_at is null and m.state = 'agreed'))
order by pl.arrive_by limit 100;

-- name: lapse!
-- Nobody answered.
update approach set outcome = 'lapsed', answered_at = :now, answered_by = current_setting('bedspace.actor', true)
where id = :id and outcome is null;
