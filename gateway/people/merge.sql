-- name: alone!
-- Waits for whoever writes to these records, and makes them wait, until this transaction ends; always in one order.
select pg_advisory_xact_lock(hashtextextended('person:' || who::text, 0)) from unnest(:persons::uuid[]) who;

-- name: kept_of$
-- Where a record leads to: itself, where it was not merged.
select kept_of(:person::uuid);

-- name: merge!
-- Makes two records one.
select merge_people(:merge::uuid, :kept::uuid, :gone::uuid, :reason::text, :now::timestamptz);

-- name: unmerge!
-- Makes them two again.
select unmerge_people(:merge::uuid, :now::timestamptz);

-- name: merged^
-- A merge.
select kept, merged, undone_at, moved from person_merge where id = :merge::uuid;

-- name: moved_nsis
-- NSIs that a merge moved.
select value::uuid as id from person_merge m, jsonb_array_elements_text(m.moved -> 'nsi') where m.id = :merge::uuid;

-- name: nsis
-- NSIs of persons, locked in one order.
select id, merged_into is null and status not in ('completed', 'withdrawn', 'returned') as open from nsi
where person_id = any (:persons::uuid[]) order by id for update;

-- name: resting_on
-- Placements since a merge that rest on a decision which it moved.
select pl.reference from placement pl join person_merge m on m.id = :merge::uuid
where pl.person_id = m.kept
  and pl.suitability_id in (select value::bigint from jsonb_array_elements_text(m.moved -> 'suitability'))
  and not pl.id in (select value::uuid from jsonb_array_elements_text(m.moved -> 'placement'))
order by pl.number;

-- name: in_the_way
-- What two records have that one person cannot have, in words.
with found as (
  select 1 as n, format('%s and %s have beds for the same nights: cancel or shorten one.',
                        coalesce(ap.reference, 'A claim'), coalesce(bp.reference, 'a claim')) as said
  from presence a join presence b on b.person_id = :gone::uuid and a.during && b.during
  join bed_claim ac on ac.id = a.claim_id join bed_claim bc on bc.id = b.claim_id
  left join placement ap on ap.id = ac.placement_id left join placement bp on bp.id = bc.placement_id
  where a.person_id = :kept::uuid
  union all
  select 2, format('%s is responsible for one and %s for the other: take over or hand over one, so that both are with the same PDU.',
                   coalesce(kp.name, k.region_code), coalesce(gp.name, g.region_code))
  from (select * from responsibility where person_id = :kept order by since desc limit 1) k
  cross join (select * from responsibility where person_id = :gone order by since desc limit 1) g
  left join pdu kp on kp.code = k.pdu_code left join pdu gp on gp.code = g.pdu_code
  where (coalesce(k.pdu_code, ''), coalesce(k.region_code, '')) <> (coalesce(g.pdu_code, ''), coalesce(g.region_code, ''))
  union all
  select 3, format('%s holds one for another PDU, and %s the other, on the same days: end one.', a.by_pdu, b.by_pdu)
  from caretaking a join caretaking b on b.person_id = :gone and a.during && b.during where a.person_id = :kept
  union all
  select 4, format('%s and %s are both open: cancel one.', a.reference, b.reference)
  from release a join release b on b.person_id = :gone
  where a.person_id = :kept and a.kind = 'release' and b.kind = 'release'
    and a.state not in ('released', 'cancelled') and b.state not in ('released', 'cancelled')
  union all
  select 5, format('Both have a sentence with event number %s, and these differ: change the number of one.', a.event_number)
  from sentence a join sentence b on b.person_id = :gone and b.event_number = a.event_number
  where a.person_id = :kept and (a.kind, a.code, a.starts_on) <> (b.kind, b.code, b.starts_on)
  union all
  select 6, format('%s registers the two differently for %s: end one of these registrations.', p.name, replace(a.kind, '_', ' '))
  from registration a
  join registration b on b.person_id = :gone and b.kind = a.kind and b.pdu_code = a.pdu_code and b.until is null
  join pdu p on p.code = a.pdu_code
  where a.person_id = :kept and a.until is null and (a.level, a.category) <> (b.level, b.category)
  union all
  select 7, 'It is recorded that the two must not meet, so they are two people: end that pair if it is wrong.'
  where exists (select from everybody_kept_apart() k where (k.one, k.other) in ((:kept, :gone), (:gone, :kept)))
  union all
  select 8, 'Both must not meet the same person for the same reason: end one of these pairs.'
  where exists (
    select from must_not_meet a join must_not_meet b on a.kind = b.kind and a.id <> b.id
    where a.ended_at is null and b.ended_at is null
      and :kept in (a.person_id, a.other_id) and :gone in (b.person_id, b.other_id)
      and coalesce(case when a.person_id = :kept then coalesce(a.other_id::text, a.other_crn) else a.person_id::text end, '')
        = coalesce(case when b.person_id = :gone then coalesce(b.other_id::text, b.other_crn) else b.person_id::text end, ''))
    or exists (
    select from must_not_meet a join must_not_meet b on a.kind = b.kind and a.person_id = b.person_id
    join person k on k.id = :kept join person g on g.id = :gone
    where a.ended_at is null and b.ended_at is null and a.other_crn = k.crn and b.other_crn = g.crn)
  union all
  select 9, 'One has a bed in premises where somebody is whom the other must not meet: move them apart.'
  where exists (
    select from everybody_kept_apart() k
    cross join lateral (values (k.one, k.other), (k.other, k.one)) way (one, other)
    join presence mine on mine.person_id = case way.one when :kept then :gone when :gone then :kept end
    join presence theirs on theirs.person_id = way.other
    join bed_claim mc on mc.id = mine.claim_id join bed mb on mb.id = mc.bed_id
    join bed_claim tc on tc.id = theirs.claim_id join bed tb on tb.id = tc.bed_id
    where mb.premises_id = tb.premises_id and not isempty(mine.during * theirs.during * k.nights)
      and upper(mine.during) > :today::date)
  union all
  select 10, 'Access to both is limited, and to different accounts: let both be seen by the same accounts.'
  from person a join person b on b.id = :gone
  where a.id = :kept and a.limited_access and b.limited_access
    and array(select actor from person_allowed where person_id = a.id order by actor)
      <> array(select actor from person_allowed where person_id = b.id order by actor)
)
select distinct n, said from found order by n, said limit 10;
