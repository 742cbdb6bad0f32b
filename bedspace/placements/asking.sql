-- name: premises
-- Premises by their codes, as an approach needs them.
select id, code, name, gender, decides, arrive_by from premises where code = any (:codes::text[]);

-- name: bed^
-- The premises of a bed, and what the bed has: its room's characteristics and those of the premises.
select b.code, p.id as premises_id, p.code as premises, p.name as premises_name, p.gender, p.decides,
       array(select code from room_characteristic where room_id = b.room_id
             union select code from premises_characteristic where premises_id = p.id
             union select offered_by_type(p.type)) as has
from bed b join premises p on p.id = b.premises_id where b.code = :bed;

-- name: fitting_bed$
-- A bed of premises that has every need and is free every night: the one that has least beyond them.
select b.code
from bed b
join premises p on p.id = b.premises_id
cross join lateral (
  select array(select code from room_characteristic where room_id = b.room_id
               union select code from premises_characteristic where premises_id = p.id
               union select offered_by_type(p.type)) as has) offers
where p.id = :premises_id and b.open @> daterange(:first::date, :end::date) and b.temporary_reason is null
  and offers.has @> :needs::text[]
  and not exists (select from bed_claim c
                  where c.bed_id = b.id
                    and (c.during && daterange(:first::date, :end::date)
                         or c.kind = 'stay' and daterange(:first::date, :end::date) @> :today::date
                            and (upper(c.during) + p.depart_by) at time zone 'Europe/London' <= :now)
                    and (c.expires_at is null or c.expires_at > :now))
order by cardinality(offers.has), b.code limit 1;

-- name: ask$
-- One more approach, by whoever acts.
insert into approach (placement_id, premises_id, bed_id, hold_id, asked_at, asked_by, decides, answer_by)
values (:placement, :premises_id, (select id from bed where code = :bed::text), :hold, :now,
        current_setting('bedspace.actor', true), :decides, :answer_by)
returning id;

-- name: keep_bed!
-- The bed that is kept for an open approach, and by which hold.
update approach set bed_id = (select id from bed where code = :bed::text), hold_id = :hold where id = :id;

-- name: answer!
-- What they said to an approach, by whoever acts.
update approach set outcome = :outcome, reason = :reason, note = :note, answered_at = :now,
                    answered_by = current_setting('bedspace.actor', true)
where id = :id and outcome is null;

-- name: may_decide$
-- Whether whoever acts is one of those who decide.
select case :decides::text
         when 'premises' then current_setting('bedspace.role', true) in ('premises_staff', 'premises_manager')
                              and premises_in_scope(:premises_id)
         else current_setting('bedspace.role', true) = 'central_referral_unit' end
       or current_setting('bedspace.role', true) = 'operator';

-- name: elsewhere^
-- Where else a person has a bed on some nights of a window; tonight also where they were to be gone by now, and have no
-- departure.
select p.code, p.name, lower(pr.during) as first, upper(pr.during) as end
from presence pr join bed_claim c on c.id = pr.claim_id join bed b on b.id = c.bed_id
join premises p on p.id = b.premises_id
where pr.person_id = :person
  and (pr.during && daterange(:first::date, :end::date)
       or c.kind = 'stay' and daterange(:first::date, :end::date) @> :today::date
          and (upper(pr.during) + p.depart_by) at time zone 'Europe/London' <= :now::timestamptz)
  and c.placement_id is distinct from :but::uuid
order by pr.during limit 1;
