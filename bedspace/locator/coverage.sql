-- name: pairs
-- Every PDU in force and every purpose on a day: its SPOC, whether absent and covered, who answers, and whether the
-- SPOC ends soon with nobody to follow.
select p.code as pdu_code, p.name as pdu_name, r.code as region_code, r.name as region_name, w.purpose,
       own.id as own_id, a.id is not null as absent, a.cover_id is not null as covered, upper(a.during) as back,
       coalesce(case when a.id is null then own.kind else cover.kind end, other.kind) as answering,
       coalesce(case when a.id is null then own.name else cover.name end, other.name) as who,
       coalesce(case when a.id is null then own.phone else cover.phone end, other.phone) as phone,
       case when upper(own.valid) <= :soon::date then upper(own.valid) end as ends,
       exists (select from spoc next where next.pdu_code = p.code and next.kind = 'spoc' and next.purpose = w.purpose
               and next.valid @> upper(own.valid)) as followed
from pdu p
join region r on r.code = p.region_code
cross join unnest(:purposes::text[]) as w (purpose)
left join spoc own on own.pdu_code = p.code and own.kind = 'spoc' and own.purpose = w.purpose
                  and own.valid @> :on::date
left join spoc_absence a on a.spoc_id = own.id and a.during @> :on::date
left join spoc cover on cover.id = a.cover_id
left join lateral (
  select who.kind, who.name, who.phone
  from spoc s
  left join spoc_absence away on away.spoc_id = s.id and away.during @> :on::date
  join spoc who on who.id = case when away.id is null then s.id else away.cover_id end
  where (own.id is null or a.id is not null) and s.valid @> :on::date and s.purpose in (w.purpose, 'transfer')
    and (s.pdu_code = p.code and s.kind = 'spoc' or s.region_code = p.region_code)
  order by s.purpose = w.purpose desc, s.kind = 'spoc' desc
  limit 1
) other on true
where p.valid @> :on::date and p.region_code <> 'NA';

-- name: wrong_routes
-- NSIs that were sent on, by where they went wrong, the most frequent first.
select r.from_pdu, f.name as from_name, r.to_pdu, t.name as to_name, r.gss, a.name as authority, r.sector,
       count(*)::int as times, max(r.at)::date as last
from nsi_reroute r
join pdu f on f.code = r.from_pdu
join pdu t on t.code = r.to_pdu
left join local_authority a on a.gss = r.gss
where r.reason = 'other_area'
group by r.from_pdu, f.name, r.to_pdu, t.name, r.gss, a.name, r.sector
order by times desc, last desc, r.from_pdu, r.to_pdu, r.sector limit 50;

-- name: sent_on_twice$
-- How many open NSIs were sent on more than once.
select count(*)::int from nsi_reroute r join nsi on nsi.id = r.nsi_id
where r.n = 2 and nsi.status not in ('completed', 'withdrawn', 'returned');

-- name: nation$
-- Whose NSIs are seen in this transaction.
select coalesce(current_setting('bedspace.nation', true), '');

-- name: see_nation$
-- Sees those of the whole nation ('on'), or as before.
select set_config('bedspace.nation', :nation::text, true);
