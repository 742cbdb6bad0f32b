-- name: report
-- Police checks by receiving PDU and force. Nobody is named.
select c.pdu, p.name as pdu_name, c.force,
       count(*)::int as asked, count(c.returned_on)::int as returned, count(*) filter (where c.late)::int as overdue,
       max(:today::date - c.asked_on) filter (where c.returned_on is null) as longest_days,
       percentile_cont(0.5) within group (order by c.returned_on - c.asked_on) as median_days,
       exists (select from pattern_alert x where x.kind = 'police_check' and x.pdu = c.pdu and x.about = c.force
               and x.ended_at is null) as alerted
from (
  select n.receiving_pdu as pdu, a.evidence ->> 'force' as force, (a.evidence ->> 'asked_on')::date as asked_on,
         (a.evidence ->> 'returned_on')::date as returned_on,
         a.done_at is null and n.status not in ('completed', 'withdrawn', 'returned')
           and a.evidence ->> 'returned_on' is null and (a.evidence ->> 'asked_on')::date < :before::date as late
  from nsi_action a join nsi n on n.id = a.nsi_id
  where a.kind = 'police_check' and a.evidence ->> 'force' is not null and a.evidence ->> 'asked_on' is not null
    and not n.quiet and n.merged_into is null
) c
join pdu p on p.code = c.pdu
where (:pdu::text is null or c.pdu = :pdu)
  and (:force::text is null or c.force = :force)
  and (:since::date is null or c.asked_on >= :since)
group by c.pdu, p.name, c.force
having not :overdue::boolean or count(*) filter (where c.late) > 0
order by overdue desc, longest_days desc nulls last, p.name, c.force;

-- name: changes$
-- Whether a pattern begins or is over.
select exists (select from checks_overdue(:before::date) o where o.overdue >= :least::int
               and not exists (select from pattern_alert x where x.kind = 'police_check' and x.pdu = o.pdu
                               and x.about = o.force and x.ended_at is null))
    or exists (select from pattern_alert x where x.kind = 'police_check' and x.ended_at is null
               and not exists (select from checks_overdue(:before) o
                               where o.pdu = x.pdu and o.force = x.about and o.overdue >= :least));

-- name: end!
-- Patterns that are over.
update pattern_alert x set ended_at = :now
where x.kind = 'police_check' and x.ended_at is null
  and not exists (select from checks_overdue(:before::date) o
                  where o.pdu = x.pdu and o.force = x.about and o.overdue >= :least::int);

-- name: raise_
-- Patterns that begin, each once.
insert into pattern_alert (kind, pdu, about, overdue, raised_at)
select 'police_check', o.pdu, o.force, o.overdue, :now
from checks_overdue(:before::date) o where o.overdue >= :least::int
on conflict do nothing
returning id, pdu;
