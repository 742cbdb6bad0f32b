-- name: ends^
-- Both ends of one NSI, and at which of them whoever acts is.
select t.out_on, t.in_on, t.out_reports, t.in_reports, t.state, n.move_on, n.quiet,
       pdu_in_scope(n.receiving_pdu) or coalesce(current_setting('bedspace.nation', true), '') = 'on' as at_in,
       coalesce(pdu_in_scope(n.sending_pdu), false) or coalesce(current_setting('bedspace.nation', true), '') = 'on'
         or n.id::text = current_setting('bedspace.nsi', true)
         or exists (select from inbox i where i.id = n.inbox_id and i.submitted_by = current_setting('bedspace.actor', true))
         as at_out
from nsi n left join two_ends t on t.id = n.id where n.id = :nsi;

-- name: keep!
-- One end reports its own; what it reported before is in the history.
insert into nsi_end (nsi_id, which, on_day, reported_at) values (:nsi, :which, :on, :now)
on conflict (nsi_id, which) do update set on_day = excluded.on_day, reported_at = excluded.reported_at,
  reported_by = current_setting('bedspace.actor', true);

-- name: answered!
-- The question about an end is answered by its report.
update nsi_question set answered_at = :now, answered_by = current_setting('bedspace.actor', true), answer = 'It is reported now.'
where nsi_id = :nsi and kind = :kind and answered_at is null;

-- name: counts
-- Moves of a span by what their ends report.
select state, count(*)::int as moves from two_ends
where day >= :first::date and day < :until::date
  and (:pdu::text is null or :pdu in (sending_pdu, receiving_pdu))
  and (:region::text is null or :region in (sending_region, receiving_region))
group by state;

-- name: regions
-- Each region: how many went and how many came, by what it reported; what it has not reported; and whether it reports.
select r.code, r.name,
       count(*) filter (where t.sending_region = r.code and t.out_on is not null)::int as out,
       count(*) filter (where t.receiving_region = r.code and t.in_on is not null)::int as in_,
       count(*) filter (where t.sending_region = r.code and t.state = 'out_missing')::int as out_missing,
       count(*) filter (where t.receiving_region = r.code and t.state = 'in_missing')::int as in_missing,
       not exists (select from not_reporting x where x.region_code = r.code and x.which = 'out'
                   and x.during && daterange(:first, :until)) as reports_out,
       not exists (select from not_reporting x where x.region_code = r.code and x.which = 'in'
                   and x.during && daterange(:first, :until)) as reports_in
from region r
left join two_ends t on r.code in (t.sending_region, t.receiving_region) and t.day >= :first::date and t.day < :until::date
  and (:pdu::text is null or :pdu in (t.sending_pdu, t.receiving_pdu))
where (:region::text is null or r.code = :region) and r.code <> 'NA'
group by r.code, r.name
having count(t.id) > 0 or coalesce(current_setting('bedspace.nation', true), '') = 'on' order by r.name;

-- name: moves
-- Moves of a span, the newest first, of one state or of all. Nobody is named.
select t.id, t.number, t.reference, t.type, t.status, t.sending_pdu, sending.name as sending_pdu_name, t.receiving_pdu,
       receiving.name as receiving_pdu_name, t.out_on, t.in_on, t.day, t.state, t.quiet,
       (select max(c.step) from end_chase c where c.nsi_id = t.id) as chased
from two_ends t
left join pdu sending on sending.code = t.sending_pdu join pdu receiving on receiving.code = t.receiving_pdu
where t.day >= :first::date and t.day < :until::date
  and (:pdu::text is null or :pdu in (t.sending_pdu, t.receiving_pdu))
  and (:region::text is null or :region in (t.sending_region, t.receiving_region))
  and (:state::text is null or t.state = :state)
  and (:before::bigint is null or t.number < :before)
order by t.number desc limit :limit::int;

-- name: not_reporting
-- Regions that do not report an end within a span.
select x.region_code as region, r.name, x.which, lower(x.during) as from_, upper(x.during) as until, x.said_by
from not_reporting x join region r on r.code = x.region_code
where x.during && daterange(:first::date, :until::date) order by r.name, x.which, 4;

-- name: region^
-- A region, and whether the account speaks for it.
select code, name, region_in_scope(code) or coalesce(current_setting('bedspace.nation', true), '') = 'on' as ours
from region where code = :region;

-- name: mark!
-- A region does not report an end in a span.
insert into not_reporting (region_code, which, during, said_by)
values (:region, :which, daterange(:first::date, :until::date), current_setting('bedspace.actor', true));

-- name: marked^
-- The span in which a region does not report an end, on a day.
select lower(during) as from_, upper(during) as until from not_reporting
where region_code = :region and which = :which and during @> :day::date for update;

-- name: end_mark!
-- It reports again from a day on.
update not_reporting set during = daterange(lower(during), :until::date)
where region_code = :region and which = :which and during @> (:until::date - 1);

-- name: to_chase
-- Moves of which one end is reported and the other is missing, where a further step is due: the working days on which
-- they are due stand in a list of days, the latest for each step. What is history, or was answered, is not chased.
select t.id, t.state from two_ends t
where t.state in ('in_missing', 'out_missing') and not t.quiet
  and not exists (select from nsi_question q where q.nsi_id = t.id and q.answered_at is not null
                  and q.kind = case t.state when 'in_missing' then 'out_without_in' else 'in_without_out' end)
  and coalesce((select max(c.step) from end_chase c
                where c.nsi_id = t.id and c.missing = case t.state when 'in_missing' then 'in' else 'out' end), 0)
      < (select count(*) from unnest(:latest::date[]) l where t.day <= l)
order by t.number limit :limit::int;

-- name: chased$
-- The last step that was told of an end that is missing.
select coalesce(max(step), 0) from end_chase where nsi_id = :nsi and missing = :missing;

-- name: keep_chase!
-- One more step.
insert into end_chase (nsi_id, missing, step, at) values (:nsi, :missing, :step, :now);

-- name: reachable$
-- Whether there is anybody to write to at an end.
select case :which::text when 'out' then sender_email is not null or sending_pdu is not null else true end from nsi where id = :nsi;

-- name: reported^
-- How many regions reported each end throughout a span, of how many.
select count(*) filter (where not exists (select from not_reporting x where x.region_code = r.code and x.which = 'out'
                                          and x.during && daterange(:first::date, :until::date)))::int as out,
       count(*) filter (where not exists (select from not_reporting x where x.region_code = r.code and x.which = 'in'
                                          and x.during && daterange(:first, :until)))::int as in_,
       count(*)::int as of
from region r where r.code <> 'NA';
