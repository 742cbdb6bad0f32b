-- name: rest_after$
-- The turnaround that begins on the day when a claim of a bed ends.
select id from bed_claim where bed_id = :bed_id and kind = 'turnaround' and lower(during) = :day::date;

-- name: lay!
-- Lets locked beds rest from a day on, for as many nights as their premises say, or until the next claim or the day
-- when the bed closes.
insert into bed_claim (bed_id, kind, during, placed_by, placed_at)
select b.id, 'turnaround', daterange(given.day, rests.until), coalesce(current_setting('bedspace.actor', true), ''), :now
from unnest(:beds::int[], :days::date[]) as given (bed_id, day)
join bed b on b.id = given.bed_id
join premises p on p.id = b.premises_id
cross join lateral (
  select least(given.day + p.turnaround_nights, upper(b.open),
               (select min(lower(c.during)) from bed_claim c
                where c.bed_id = b.id and (upper_inf(c.during) or upper(c.during) > given.day)
                  and lower(c.during) >= given.day)) as until
) rests
where rests.until > given.day
  and not exists (select from bed_claim c where c.bed_id = b.id and c.during @> given.day);

-- name: shorten_rests!
-- Turnaround of a locked bed that begins before a window and reaches into it ends where the window begins.
update bed_claim set during = daterange(lower(during), :first::date)
where bed_id = :bed_id and kind = 'turnaround' and lower(during) < :first::date and upper(during) > :first::date;

-- name: drop_rests!
-- Turnaround of a locked bed that begins within a window goes to the history.
with gone as (
  delete from bed_claim
  where bed_id = :bed_id and kind = 'turnaround' and lower(during) >= :first::date and lower(during) < :end::date
  returning *
)
insert into bed_claim_history (id, bed_id, kind, during, reason, placed_by, placed_at, ended_at, ended_by, ended_how)
select id, bed_id, kind, during, reason, placed_by, placed_at, :now,
       coalesce(current_setting('bedspace.actor', true), ''), 'changed'
from gone;
