-- name: bed_in_reach$
-- The id of a bed of premises whose records the actor keeps.
select id from bed where code = :bed and premises_in_reach(premises_id);

-- name: reference_kind$
-- What the reference of a reason is.
select reference_kind from list_entry where list = 'out_of_service' and code = :reason;

-- name: begin$
-- The record of a bed out of service; what is said of it are its revisions.
insert into outage (bed_id) values (:bed_id) returning id;

-- name: newest^
-- What is said of a bed out of service now, and the claim that carries it. None for premises out of reach.
select o.id, o.cancelled_at, b.id as bed_id, b.code as bed, r.n, lower(r.during) as first, upper(r.during) as end, r.reason,
       r.reference, r.note, (select c.id from bed_claim c where c.outage_id = o.id) as claim
from outage o join bed b on b.id = o.bed_id
join lateral (select * from outage_revision where outage_id = o.id order by n desc limit 1) r on true
where o.id = :id;

-- name: say!
-- One more revision.
insert into outage_revision (outage_id, n, during, reason, reference, note, cancelled, made_at, made_by)
values (:id, :n, daterange(:first::date, :end::date), :reason, :reference, :note, :cancelled, :now,
        coalesce(current_setting('bedspace.actor', true), ''));

-- name: give_reason!
-- The claim names the reason too, for figures that may not read the record.
update bed_claim set reason = :reason where outage_id = :id and reason is distinct from :reason;

-- name: cancel!
-- It is not to be, or never was.
update outage set cancelled_at = :now where id = :id;
