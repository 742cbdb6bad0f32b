-- name: places$
-- The PDUs whose queue it is: the one given, else all that the account reaches, those that have ended too.
select array(
  select code from pdu
  where case
    when :pdu::text is not null then code = :pdu
    when current_setting('bedspace.nation', true) = 'on' then true
    when coalesce(current_setting('bedspace.regions', true), '') <> ''
      then region_code = any (string_to_array(current_setting('bedspace.regions', true), ','))
    else code = any (string_to_array(current_setting('bedspace.pdus', true), ','))
  end);

-- name: queue
-- A page of the queue, each NSI with its nearest open clock and how often it was told up the ladder. A masked person has
-- neither name nor CRN.
with ours as materialized (
  select id, number, next_due, rosh, team, officer from nsi
  where queued and receiving_pdu = any (:places::text[]) and :side::text is distinct from 'sending'
  union
  select id, number, next_due, rosh, team, officer from nsi
  where queued and sending_pdu = any (:places) and :side is distinct from 'receiving'
), shown as materialized (
  select id from ours
  where (:team::text is null or team = :team)
    and (:officer::text is null or left(md5(officer), 12) = :officer)
    and (not :high_risk::boolean or rosh in ('high', 'very_high'))
    and (not :overdue::boolean or next_due < :today::date)
    and (:after_due::date is null or (next_due, number) > (:after_due, :after_number::bigint))
  order by next_due, number limit :limit::int
)
select n.id, n.number, n.reference, n.type, n.status, n.person_id, p.crn, p.name,
       coalesce(p.limited_access, true) as limited_access, n.move_on, n.way, n.regime,
       n.sending_pdu, coalesce(sending.name, n.sending_said) as sending_pdu_name,
       n.receiving_pdu, receiving.name as receiving_pdu_name, n.rosh, n.team, n.officer,
       n.receiving_pdu = any (:places) as receives, coalesce(n.sending_pdu = any (:places), false) as sends,
       nullif(n.next_due, 'infinity') as next_due, n.next_due < :today as overdue,
       c.rule, c.title, c.phase, c.owner, c.due,
       (select upper(during) from nsi_pause u
        where u.nsi_id = n.id and u.rule = c.rule and u.during @> :today) as paused_until,
       case c.owner when 'sending practitioner' then n.sender_name
                    when 'receiving practitioner' then coalesce(n.officer, spoc.name) end as owner_name,
       coalesce(told.open, 0)::int as escalations, coalesce(told.grades, '{}') as told
from nsi n
join pdu receiving on receiving.code = n.receiving_pdu
left join pdu sending on sending.code = n.sending_pdu
left join spoc on spoc.id = n.spoc_id
left join person p on p.id = n.person_id
left join lateral (
  select rule, title, phase, owner, due from nsi_clock
  where nsi_id = n.id and met_on is null and applies order by due, rule limit 1) c on true
left join lateral (
  select count(*) as open, array_agg(distinct grade) as grades from nsi_escalation
  where nsi_id = n.id and answered_at is null) told on true
where n.id = any (array(select id from shown))
order by n.next_due, n.number;

-- name: days
-- How many NSIs of the queue have their nearest clock on each day, by regime.
with ours as materialized (
  select id, next_due, regime, rosh, team, officer from nsi
  where queued and receiving_pdu = any (:places::text[]) and :side::text is distinct from 'sending'
  union
  select id, next_due, regime, rosh, team, officer from nsi
  where queued and sending_pdu = any (:places) and :side is distinct from 'receiving'
)
select nullif(next_due, 'infinity') as day, regime, count(*)::int as count,
       count(*) filter (where rosh in ('high', 'very_high'))::int as high_risk
from ours
where (:team::text is null or team = :team)
  and (:officer::text is null or left(md5(officer), 12) = :officer)
  and (not :high_risk::boolean or rosh in ('high', 'very_high'))
group by next_due, regime order by next_due;

-- name: holders
-- Teams and officers to whom something of the queue is allocated.
select distinct team, officer, left(md5(officer), 12) as code from (
  select team, officer from nsi where queued and receiving_pdu = any (:places::text[])
  union
  select team, officer from nsi where queued and sending_pdu = any (:places)) held
where team is not null
order by team, officer nulls first limit 300;
