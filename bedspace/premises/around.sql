-- name: keep_contact!
-- Whom to telephone or write to for a purpose.
insert into premises_contact (premises_id, purpose, name, phone, email, hours)
values (:premises_id, :purpose, :name, :phone, :email, :hours)
on conflict (premises_id, purpose) do update
  set name = excluded.name, phone = excluded.phone, email = excluded.email, hours = excluded.hours;

-- name: forget_contact!
-- Nobody any more for a purpose.
delete from premises_contact where premises_id = :premises_id and purpose = :purpose;

-- name: restrict!
-- Nights on which a characteristic is not offered or accepted.
insert into premises_restriction (premises_id, code, valid, reason, kept_by, kept_at)
values (:premises_id, :code, daterange(:first::date, :until::date), :reason,
        coalesce(current_setting('bedspace.actor', true), ''), :now);

-- name: end_restriction!
-- Ends a restriction from a night on, one that has begun by then.
update premises_restriction set valid = daterange(lower(valid), :first::date)
where premises_id = :premises_id and id = :id and lower(valid) < :first::date;

-- name: forget_restriction!
-- Takes a restriction away that has not begun by a night.
delete from premises_restriction where premises_id = :premises_id and id = :id and lower(valid) >= :first::date;

-- name: codes
-- The characteristics in use on a day.
select code from characteristic where valid @> :today::date order by code;
