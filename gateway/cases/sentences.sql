-- name: keep!
-- An order or a licence.
insert into sentence (id, person_id, kind, code, event_number, court, starts_on, ends_on, hours_ordered, hours_done, recorded_at)
values (:id, :person, :kind, :code, :event_number, :court, :starts_on, :ends_on, :hours_ordered, :hours_done, :now);

-- name: sentence^
-- One of a person, locked.
select id, kind, event_number, court, starts_on, ends_on, hours_ordered, hours_done from sentence
where id = :id and person_id = :person for update;

-- name: change!
-- What has become of it.
update sentence set ends_on = :ends_on, hours_ordered = :hours_ordered, hours_done = :hours_done, court = :court,
  event_number = :event_number
where id = :id;

-- name: add_requirements!
-- Further requirements or conditions, numbered on.
insert into requirement (sentence_id, n, kind, title, restrictive, starts_on, ends_on)
select :sentence::uuid, r.n + coalesce((select max(n) from requirement where sentence_id = :sentence), 0),
       r.kind, r.title, r.restrictive, r.starts_on, r.ends_on
from unnest(:kinds::text[], :titles::text[], :restrictive::boolean[], :starts::date[], :ends::date[]) with ordinality
  as r (kind, title, restrictive, starts_on, ends_on, n);

-- name: requirement^
-- One requirement or condition.
select starts_on, ends_on from requirement where sentence_id = :sentence and n = :n;

-- name: end_requirement!
-- It is over from a day on.
update requirement set ends_on = :on where sentence_id = :sentence and n = :n;

-- name: answer^
-- How many requirements it has, and the hours that are still to be worked.
select (select count(*)::int from requirement where sentence_id = s.id) as requirements,
       s.hours_ordered - coalesce(s.hours_done, 0) as hours_outstanding
from sentence s where s.id = :id;

-- name: sentences
-- Of a person, those in force first, then the newest.
select s.id, s.kind, s.code, s.event_number, s.court, s.starts_on, s.ends_on, s.hours_ordered, s.hours_done, s.source,
       s.hours_ordered - coalesce(s.hours_done, 0) as hours_outstanding,
       s.ends_on is null or s.ends_on > :today::date as in_force
from sentence s where s.person_id = :person
order by in_force desc, s.starts_on desc, s.id;

-- name: requirements
-- Of all sentences of a person.
select r.sentence_id, r.n, r.kind, r.title, r.restrictive, r.starts_on, r.ends_on,
       (r.ends_on is null or r.ends_on > :today::date) and (s.ends_on is null or s.ends_on > :today) as in_force
from requirement r join sentence s on s.id = r.sentence_id
where s.person_id = :person order by r.sentence_id, r.n;
