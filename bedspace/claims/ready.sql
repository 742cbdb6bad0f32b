-- name: rest_of_tonight^
-- The turnaround that a bed of premises in reach is in.
select c.id, b.id as bed_id, lower(c.during) as first from bed b
left join bed_claim c on c.bed_id = b.id and c.kind = 'turnaround' and c.during @> :today::date
where b.code = :bed and premises_in_reach(b.premises_id);

-- name: shorten!
-- It ends today.
update bed_claim set during = daterange(lower(during), :today::date) where id = :id;
