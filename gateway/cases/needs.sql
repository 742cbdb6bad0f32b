-- name: queue!
-- Lets answers of one person wait for each other, until this transaction ends.
select pg_advisory_xact_lock(hashtextextended('needs:' || :person::uuid::text, 0));

-- name: in_force
-- What is on record of a person now.
select kind, note from person_need where person_id = :person and until is null;

-- name: end_!
-- What the person did not say again, or says otherwise, has ended.
update person_need n set until = :today::date
where n.person_id = :person::uuid and n.until is null
  and not exists (select from unnest(:kinds::text[], :notes::text[]) as given (kind, note)
                  where given.kind = n.kind and given.note = n.note);

-- name: keep!
-- Further needs.
insert into person_need (person_id, kind, note, since)
select :person::uuid, n.kind, n.note, :today::date from unnest(:kinds::text[], :notes::text[]) as n (kind, note);

-- name: open_actions
-- The open line "diversity needs" of each NSI of a person that is not over, or of one of them.
select n.id, n.reference, a.n from nsi n join nsi_action a on a.nsi_id = n.id
where n.person_id = :person and a.kind = 'diversity_needs' and a.done_at is null and n.merged_into is null
  and n.status not in ('completed', 'withdrawn', 'returned') and (:reference::text is null or n.reference = :reference)
order by n.id;

-- name: has_nsi$
-- Whether a person has an NSI of a reference, within reach.
select exists (select from nsi where person_id = :person and reference = :reference::text);

-- name: asked
-- Of each NSI of a person that is not over: on which day somebody asked, if so.
select n.reference, (select (a.evidence ->> 'asked_on')::date from nsi_action a
                     where a.nsi_id = n.id and a.kind = 'diversity_needs' and a.done_at is not null
                     order by a.n limit 1) as asked_on
from nsi n
where n.person_id = :person and n.merged_into is null and not n.quiet
  and n.status not in ('completed', 'withdrawn', 'returned')
order by n.number desc;

-- name: needs
-- Of a person, those in force first.
select kind, note, since, until, recorded_by, until is null or until > :today::date as in_force
from person_need where person_id = :person order by in_force desc, since desc, id desc;

-- name: keep_ethnicity!
-- As the person says it.
update person set ethnicity = :ethnicity, ethnicity_said_at = :now where id = :person;

-- name: ethnicity^
-- As the person said it, and when; null is not recorded.
select ethnicity, ethnicity_said_at from person where id = :person;
