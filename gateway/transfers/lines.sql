-- name: clocks
-- The clocks of an NSI.
select c.rule, c.title, c.phase, c.owner, c.due, c.met_on, c.passed_over_on,
       (select upper(during) from nsi_pause p
        where p.nsi_id = c.nsi_id and p.rule = c.rule and p.during @> :today::date) as paused_until
from nsi_clock c where c.nsi_id = :nsi and (c.applies or c.passed_over_on is not null) order by c.rule;

-- name: pauses
-- When the clocks of an NSI stood, stand or will stand still.
select rule, lower(during) as "from", upper(during) as until, reason, note, paused_by as by
from nsi_pause where nsi_id = :nsi order by lower(during);

-- name: actions
-- The action list. What was recorded of an action is masked with the person.
select a.n, a.kind, a.title, a.owner, a.rule, a.due, a.mandatory, a.assigned_to, a.done_at, a.done_by, a.not_applicable,
       case when p.id is not null then a.evidence else '{}' end as evidence
from nsi_action a join nsi on nsi.id = a.nsi_id left join person p on p.id = nsi.person_id
where a.nsi_id = :nsi order by a.n;
