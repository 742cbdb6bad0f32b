-- name: overdue
-- Stays that were to end and have no departure: from the hour when people leave their premises, with the day until
-- which they go on. A bed or a person that has another stay by then is left alone. One stay, or all of them.
select c.id, c.bed_id, b.code as bed, c.person_id as person, c.placement_id as placement, lower(c.during) as first,
       upper(c.during) as end, due.until
from bed_claim c
join bed b on b.id = c.bed_id
join premises p on p.id = b.premises_id
cross join (select (:now::timestamptz at time zone 'Europe/London') as london) clock
cross join lateral (
  select least(clock.london::date + case when clock.london::time >= p.depart_by then 1 else 0 end,
               (select min(lower(o.during)) from bed_claim o
                where o.id <> c.id and o.kind = 'stay' and (o.bed_id = c.bed_id or o.person_id = c.person_id)
                  and (upper_inf(o.during) or upper(o.during) > upper(c.during)))) as until
) due
where c.kind = 'stay' and upper(c.during) <= clock.london::date and upper(c.during) < due.until
  and (:id::bigint is null or c.id = :id::bigint)
order by c.bed_id;

-- name: elsewhere
-- Bookings that a person has in other beds on some nights.
select id from bed_claim
where person_id = :person::uuid and id <> :id and kind = 'booking' and during && daterange(:first::date, :end::date)
order by bed_id;

-- name: keeps_the_rest$
-- Whether a hold keeps the nights of somebody who has agreed to move, until they have arrived there.
select exists (select from relocation where kept_hold = :id and settled_at is null);

-- name: displace^
-- A placement that was booked has no bed, and is on the waiting list from now on, at least for a day.
update placement set state = 'displaced', waiting_since = :now,
  waiting_until = greatest(departs_on::timestamp at time zone 'Europe/London', :now::timestamptz + interval '1 day'),
  changed_at = :now
where id = :id and state = 'booked' returning officer_email;

-- name: tell!
-- One line of the history of a placement.
insert into placement_history (placement_id, at, kind, state, by_whom)
values (:id, :now, 'displaced', 'displaced', coalesce(current_setting('bedspace.actor', true), ''));
