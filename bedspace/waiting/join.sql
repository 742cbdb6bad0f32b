-- name: take^
-- One placement, locked until the end of this transaction.
select pl.id, pl.reference, pl.person_id, pl.state, pl.timeliness, pl.arrives_on, pl.waiting_since, pl.waiting_until,
       pl.officer_email
from placement pl where pl.id = :id for no key update of pl;

-- name: term^
-- How long people wait, when they are reminded, and how long a bed is kept.
select waits_days, reminds_days, keeps_hours from waiting_term where timeliness = :timeliness;

-- name: join_or_stay!
-- On the list from now on, or as before; until a time.
update placement set waiting_since = coalesce(waiting_since, :now), waiting_until = :until, waiting_reminded_at = null,
                     changed_at = :now
where id = :id;

-- name: leave!
-- Off the list.
update placement set waiting_since = null, waiting_until = null, waiting_reminded_at = null, changed_at = :now
where id = :id;

-- name: state^
-- What a write on the waiting list answers.
select id, reference, state, waiting_since, waiting_until from placement where id = :id;
