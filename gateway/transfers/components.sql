-- name: components
-- The components of an NSI, as they stand.
select n, kind, title, decides,
       case when kind = 'order' then case when decision = 'transferred' then 'receiving_court' else 'originating_court' end
            else case when decision = 'transferred' then 'receiving' else 'sending' end end as held_by,
       court, from_court, applied_on, decision, decided_on, decided_at, decided_by, how, reason, started_on, left_open
from nsi_component where nsi_id = :nsi order by n;

-- name: sides^
-- At which ends whoever acts is.
select pdu_in_scope(receiving_pdu) or coalesce(current_setting('bedspace.nation', true), '') = 'on' as receiving,
       coalesce(pdu_in_scope(sending_pdu), false) or sending_pdu is null
         or coalesce(current_setting('bedspace.nation', true), '') = 'on' as sending
from nsi where id = :nsi;

-- name: of_record
-- Orders, licences and their requirements that run, of the event that the NSI is about or of all, and are not among the
-- components yet.
select s.id as sentence_id, null::int as requirement_n, s.kind, s.code as what,
       coalesce(l.name, replace(s.code, '_', ' ')) as title, s.court
from nsi n join sentence s on s.person_id = n.person_id
  and (n.event_number is null or n.event_number = s.event_number) and (s.ends_on is null or s.ends_on > :today::date)
left join list_entry l on l.list = 'sentence' and l.code = s.code
where n.id = :nsi and not exists (
  select from nsi_component c where c.nsi_id = n.id and c.sentence_id = s.id and c.requirement_n is null)
union all
select s.id, r.n, s.kind || '_requirement', r.kind, r.title, s.court
from nsi n join sentence s on s.person_id = n.person_id
  and (n.event_number is null or n.event_number = s.event_number) and (s.ends_on is null or s.ends_on > :today)
join requirement r on r.sentence_id = s.id and (r.ends_on is null or r.ends_on > :today)
where n.id = :nsi and not exists (
  select from nsi_component c where c.nsi_id = n.id and c.sentence_id = s.id and c.requirement_n = r.n)
order by 1, 2 nulls first;

-- name: add!
-- One more component.
insert into nsi_component (nsi_id, n, kind, title, decides, court, from_court, sentence_id, requirement_n, added_at)
select :nsi, (select coalesce(max(n), 0) + 1 from nsi_component where nsi_id = :nsi), :kind, :title, :decides, :court,
       :from_court, :sentence::uuid, :requirement::int, :now;

-- name: like$
-- Whether a component of that kind and title is there already.
select exists (select from nsi_component where nsi_id = :nsi and kind = :kind and title = :title);

-- name: apply!
-- A court was applied to.
update nsi_component set decides = 'court', court = :court, applied_on = :on,
  from_court = coalesce(nullif(:from_court, ''), from_court)
where nsi_id = :nsi and n = :n;

-- name: decide!
-- What was decided.
update nsi_component set decision = :decision, decided_on = :on, decided_at = :now,
  decided_by = current_setting('bedspace.actor', true), how = :how, reason = :reason,
  court = coalesce(nullif(:court, ''), court)
where nsi_id = :nsi and n = :n;

-- name: start!
-- It goes on in the receiving area.
update nsi_component set started_on = :on where nsi_id = :nsi and n = :n;

-- name: leave_open!
-- The case transfer may complete before it is decided.
update nsi_component set left_open = :why where nsi_id = :nsi and n = :n;
