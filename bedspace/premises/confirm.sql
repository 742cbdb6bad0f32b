-- name: confirm_beds
-- The beds of premises that are open on a day or later, of one room or one bed where it is given, are as they should be.
update bed b set confirmed_at = :now, confirmed_by = coalesce(current_setting('bedspace.actor', true), '')
from room r
where r.id = b.room_id and b.premises_id = :premises_id and (upper_inf(b.open) or upper(b.open) > :today::date)
  and (:room::text is null or r.name = :room::text) and (:bed::text is null or b.code = :bed::text)
returning b.id, b.code;

-- name: settle_reports!
-- What was said of beds before they were confirmed is settled.
update bed_report set settled_at = :now, settled_by = coalesce(current_setting('bedspace.actor', true), '')
where bed_id = any (:beds::int[]) and settled_at is null;

-- name: report$
-- Somebody says that a bed is not as the register says; no row where there is no such bed.
insert into bed_report (bed_id, said, reported_at, reported_by)
select b.id, :said, :now, coalesce(current_setting('bedspace.actor', true), '')
from bed b where b.code = :bed returning id;
