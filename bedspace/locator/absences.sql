-- name: theirs
-- The SPOC, and unless it is only for the one, the other purposes of the same person at the PDU on those days.
select other.id, other.purpose
from spoc this join spoc other on other.id = this.id or (
  not :only::bool and other.kind = 'spoc' and other.pdu_code = this.pdu_code and lower(other.email) = lower(this.email)
  and other.valid && daterange(:from_::date, :until::date))
where this.id = :id order by other.id;

-- name: already^
-- An absence on any of those days.
select lower(during) as begins from spoc_absence
where spoc_id = any(:spocs::int[]) and during && daterange(:from_::date, :until::date)
order by during limit 1;

-- name: absence^
-- One absence, with its PDU.
select a.id, s.pdu_code, s.purpose from spoc_absence a join spoc s on s.id = a.spoc_id
where a.id = :id and not isempty(a.during);

-- name: keep_cover$
-- Who covers, as a contact of its own: NSIs and letters name it.
insert into spoc (pdu_code, purpose, kind, name, email, phone, hours, out_of_hours, team, valid, kept_by, kept_at)
select pdu_code, purpose, :kind, :name, :email, :phone, :hours, :out_of_hours, :team,
       daterange(:from_::date, :until::date), current_setting('bedspace.actor', true), :now
from spoc where id = :like
returning id;

-- name: keep$
-- The absence itself.
insert into spoc_absence (spoc_id, during, cover_id, kept_by, kept_at)
values (:spoc, daterange(:from_::date, :until::date), :cover::int, current_setting('bedspace.actor', true), :now)
returning id;

-- name: end$
-- Back on the day, or never away. Answers the id where something has changed.
update spoc_absence
set during = case when lower(during) < :on::date then daterange(lower(during), :on::date) else 'empty' end
where id = :id and (upper(during) is null or upper(during) > :on::date)
returning id;

-- name: end_cover!
-- Who covered does so as long as the absence lasted.
update spoc set valid = a.during from spoc_absence a where a.id = :id and spoc.id = a.cover_id;
