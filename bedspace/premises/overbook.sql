-- name: lock_premises$
-- Premises in reach, for one overbooking at a time.
select id from premises where code = :code and premises_in_reach(id) for no key update;

-- name: room$
-- A room by its name.
select id from room where premises_id = :premises_id and name = :name;

-- name: keep_room$
-- A room by its name, made where it is not there.
insert into room (premises_id, name) values (:premises_id, :name)
on conflict (premises_id, name) do update set name = excluded.name returning id;

-- name: add$
-- One more temporary bed: the code is that of the premises, `T` and a number.
insert into bed (code, premises_id, room_id, open, temporary_reason, temporary_note, temporary_role, temporary_by)
select p.code || '-T' || (1 + count(b.id)), p.id, :room_id, daterange(:first::date, :end::date), :reason, :note,
       coalesce(nullif(current_setting('bedspace.role', true), ''), 'unknown'),
       coalesce(current_setting('bedspace.actor', true), '')
from premises p left join bed b on b.premises_id = p.id and b.code like p.code || '-T%'
where p.id = :premises_id group by p.id
returning code;

-- name: temporary^
-- A temporary bed of premises in reach.
select id, lower(open) as first, upper(open) as end from bed
where code = :bed and temporary_reason is not null and premises_in_reach(premises_id);

-- name: claimed_until$
-- The end of the last claim of a locked bed.
select max(upper(during)) from bed_claim where bed_id = :bed_id;

-- name: change!
-- Another end for a temporary bed, and who allowed it.
update bed set open = daterange(least(lower(open), :end::date - 1), :end::date),
  temporary_role = coalesce(nullif(current_setting('bedspace.role', true), ''), 'unknown'),
  temporary_by = coalesce(current_setting('bedspace.actor', true), '')
where id = :bed_id;

-- name: temporary_beds
-- The temporary beds of premises that are there now or will be, or the one with a code.
select p.code as premises, r.name as room, b.code as bed, lower(b.open) as from, upper(b.open) as until,
       b.temporary_reason as reason, coalesce(e.name, b.temporary_reason) as reason_name, b.temporary_note as note,
       b.temporary_role as allowed_role, b.temporary_by as allowed_by
from bed b join premises p on p.id = b.premises_id join room r on r.id = b.room_id
left join list_entry e on e.list = 'overbook' and e.code = b.temporary_reason
where b.temporary_reason is not null and premises_in_reach(p.id)
  and (:premises::text is null or p.code = :premises::text and upper(b.open) > :today::date)
  and (:bed::text is null or b.code = :bed::text)
order by lower(b.open), b.code;

-- name: premises_in_reach$
-- Whether the actor keeps the records of premises.
select exists (select from premises p where p.code = :code and premises_in_reach(p.id));
