-- name: barred
-- Premises where somebody whom a person must not meet has a claim on some night of a window; tonight also who was due
-- to leave by today, while nobody has recorded that they left.
select distinct p.code
from kept_apart_from(:person::uuid, :first::date, :end::date) as other (id)
join presence pr on pr.person_id = other.id
join bed_claim c on c.id = pr.claim_id
join bed b on b.id = c.bed_id
join premises p on p.id = b.premises_id
where (c.expires_at is null or c.expires_at > :now)
  and (c.during && daterange(:first::date, :end::date)
       or c.kind = 'stay' and upper(c.during) <= :today::date and daterange(:first::date, :end::date) @> :today::date);

-- name: queue
-- Queues for premises, where a person must not meet somebody on these nights: two such people who are placed there at
-- the same moment wait for each other, and the second sees the first. After beds and persons, before any claim.
select pg_advisory_xact_lock(hashtextextended('who is at ' || :premises::text, 0))
where exists (select from kept_apart_from(:person::uuid, :first::date, :end::date));

-- name: last_check$
-- When somebody last looked who must not meet a person.
select last_meeting_check(:person::uuid);

-- name: keep_pair$
-- Two people who must not meet; no row where it is recorded already, also by a CRN that one of them has by now.
insert into must_not_meet (person_id, other_id, other_crn, kind, source, note, since, until, recorded_at, recorded_by)
select :person::uuid, :other::uuid, :other_crn, :kind::text, :source, :note, :since::date, :until::date, :now,
       coalesce(current_setting('bedspace.actor', true), '')
where not exists (
  select from must_not_meet m cross join lateral people_like(m.other_crn, null, null, null) named
  where m.ended_at is null and m.kind = :kind::text and m.other_crn is not null
    and (m.person_id, named.id) in ((:person::uuid, :other::uuid), (:other::uuid, :person::uuid)))
on conflict do nothing
returning id;

-- name: end_pair^
-- They may meet again; as it was where it was over already.
update must_not_meet
set ended_note = case when ended_at is null then :note::text else ended_note end,
    ended_by = coalesce(ended_by, current_setting('bedspace.actor', true), ''),
    ended_at = coalesce(ended_at, :now)
where id = :id
returning person_id, other_id;

-- name: has_pair$
-- Whether anybody is recorded whom a person must not meet.
select exists (select from must_not_meet where ended_at is null and (person_id = :person::uuid or other_id = :person::uuid));

-- name: keep_check$
-- Somebody looked.
insert into meeting_check (person_id, outcome, against, note, checked_at, checked_by)
values (:person::uuid, :outcome, :against::text[], :note, :now, coalesce(current_setting('bedspace.actor', true), ''))
returning id;

-- name: pairs
-- Whom a person must not meet, those that still count first, with what the reader may see of the other; what was said of
-- the two is for those who may see both. A CRN that somebody has by now is as secret as that person is.
with kept as (
  select m.*, case when m.person_id = :person::uuid then m.other_id else m.person_id end as the_other
  from must_not_meet m
  where m.person_id = :person::uuid or m.other_id = :person::uuid
     or m.other_crn = (select crn from person where id = :person::uuid)
), seen as (
  select kept.*, o.name, coalesce(o.crn, case when kept.person_id = :person::uuid then kept.other_crn end) as crn,
         o.id is null and (the_other is not null
                           or exists (select from people_like(kept.other_crn, null, null, null))) as hidden
  from kept left join person o on case when the_other is null then o.crn = kept.other_crn else o.id = the_other end
)
select id, case when not hidden then crn end as crn, name, hidden, kind, source,
       case when hidden then '' else note end as note, since, until, recorded_at, recorded_by, ended_at, ended_by,
       case when hidden then '' else ended_note end as ended_note
from seen order by ended_at is not null, id desc;

-- name: checks
-- The checks of a person, newest first.
select outcome, against, note, checked_at, checked_by from meeting_check where person_id = :person::uuid order by id desc limit 20;
