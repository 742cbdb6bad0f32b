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
-- Claims in other beds that may change where a stay goes on: bookings of the same person; and of whoever is to move from
-- elsewhere into that bed, the stay and the hold on its nights.
select c.id from bed_claim c
where c.person_id = :person::uuid and c.id <> :id and c.kind = 'booking'
  and c.during && daterange(:first::date, :end::date)
union
select c.id from bed_claim b
join relocation m on m.placement_id = b.placement_id and m.settled_at is null and m.state = 'agreed'
join bed_claim c on c.placement_id = m.placement_id or c.id = m.kept_hold
where b.bed_id = :bed_id and b.kind = 'booking' and b.during && daterange(:first::date, :end::date)
  and m.to_bed = b.bed_id and b.person_id <> :person::uuid;

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

-- name: arrives_later!
-- Who is booked arrives on a later day, at the same hour of London. A move between premises keeps the day of the arrival.
with later as (
  update placement set arrives_on = :first::date, changed_at = :now, alerted_at = null,
    arrive_by = ((arrive_by at time zone 'Europe/London') + (:first::date - arrives_on) * interval '1 day')
                at time zone 'Europe/London'
  where id = :id and state = 'booked' and arrives_on < :first::date returning id
)
insert into placement_history (placement_id, at, kind, note, by_whom)
select id, :now, 'arrival_moved', :note, coalesce(current_setting('bedspace.actor', true), '') from later;

-- name: move_is_off^
-- A move that was agreed to a bed is undone, and its approach with it: nobody is expected there.
with off as (
  update relocation set state = 'undone', settled_at = :now
  where placement_id = :id and to_bed = :bed_id and state = 'agreed' returning *
), told as (
  insert into placement_history (placement_id, at, kind, by_whom)
  select placement_id, :now, 'move_lost', coalesce(current_setting('bedspace.actor', true), '') from off
), unasked as (
  update approach a set outcome = 'withdrawn', note = 'The bed that was booked there is gone', answered_at = :now,
                        answered_by = coalesce(current_setting('bedspace.actor', true), '')
  from off where a.id = off.approach_id
)
select off.kept_hold, off.from_premises, off.to_premises, pl.departs_on, pl.officer_email, p.code as departs
from off join placement pl on pl.id = off.placement_id join premises p on p.id = off.from_premises;
