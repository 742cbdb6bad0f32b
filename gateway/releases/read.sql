-- name: release^
-- One release with what its reader may see of the person. Where the person is masked, so is where they are to live.
select r.id, r.reference, r.kind, r.state, r.person_id, r.release_on, r.until, r.before_non_working,
       r.date_confirmed_at, r.date_confirmed_by, r.address_checked, r.reside_where_approved, r.provider, r.gender, r.rosh,
       r.needs, r.nights, r.officer_name, r.officer_email, r.released_on, r.ended_reason, r.noticed_at, r.noticed_by,
       r.changed_at, r.pdu_code, r.placement_id,
       case when p.id is not null then r.address end as address,
       case when p.id is not null then r.approved_address end as approved_address,
       case when p.id is not null then r.arranged_address end as arranged_address,
       case when p.id is not null then r.near end as near,
       case when p.id is not null then r.postcode end as postcode,
       p.crn, p.noms, p.pnc, p.name, p.birth_date, p.gender as person_gender, p.limited_access,
       jsonb_build_object('code', prison.code, 'name', prison.name) as prison,
       jsonb_build_object('code', pdu.code, 'name', pdu.name) as pdu,
       jsonb_build_object('code', region.code, 'name', region.name) as region,
       jsonb_build_object('code', home.code, 'name', home.name) as home_pdu,
       (select to_jsonb(x) from (
          select pl.id, pl.reference, pl.state, pr.name as premises,
                 (select line.bed from placement_line line where line.id = pl.id) as bed, pl.arrives_on, pl.departs_on
          from placement pl left join premises pr on pr.id = pl.premises_id where pl.id = r.placement_id) x) as placement,
       r.nsi_id, exists (select from nsi where nsi.id = r.nsi_id) as nsi_open
from release r
join prison on prison.code = r.prison_code
join pdu on pdu.code = r.pdu_code
join region on region.code = r.region_code
join pdu home on home.code = coalesce(r.home_pdu, r.pdu_code)
left join person p on p.id = r.person_id
where r.id = :id;

-- name: suits$
-- Whether approved premises suit a person, by the newest decision; nothing where there is none.
select suitable from decision_of(:person::uuid, null);

-- name: linked^
-- What whoever sees a release sees of its NSI, which may be out of their reach: ask it of the whole nation.
select n.id, n.reference, n.type, n.status, jsonb_build_object('code', pdu.code, 'name', pdu.name) as pdu, n.move_on,
       n.until
from nsi n join pdu on pdu.code = n.receiving_pdu where n.id = :id;

-- name: references_of
-- The references of NSIs, also of those out of reach.
select id, reference from nsi where id = any (:ids::uuid[]);

-- name: premises^
-- What goes into the licence: where, by which hour, and whom to call.
select pr.name, pr.name || ', ' || pr.postcode as address, pl.arrive_by as hour,
       coalesce(c.name, '') as contact, coalesce(c.phone, '') as phone, coalesce(c.hours, '') as hours
from placement pl join premises pr on pr.id = pl.premises_id
left join lateral (
  select name, phone, hours from premises_contact
  where premises_id = pr.id order by purpose = 'general' desc, purpose = 'referral' desc limit 1) c on true
where pl.id = :placement;

-- name: questions
-- All that was asked, what is open first.
select id, kind, said, asked_at, answered_at, answered_by, answer from release_question
where release_id = :id order by answered_at is not null, id;

-- name: history
-- What happened, oldest first.
select at, kind, note, by_whom from release_history where release_id = :id order by id;

-- name: id_of$
-- The release of a reference.
select id from release where reference = :reference;

-- name: releases
-- A page of a release board, the soonest first (after those where something lacks, if so asked), with what lacks. A
-- masked person has neither name nor CRN.
select r.id, r.number, r.reference, r.kind, r.state, r.person_id, p.crn, p.name,
       coalesce(p.limited_access, true) as limited_access, r.prison_code as prison, prison.name as prison_name,
       r.release_on, r.pdu_code as pdu, pdu.name as pdu_name, r.rosh, pl.reference as placement, r.nsi_id,
       lacks.many as lacking, lacks.kinds, (:lacking_first::boolean and lacks.many = 0) as later,
       cardinality(asked.kinds) as questions, asked.kinds as asks
from release r
join prison on prison.code = r.prison_code
join pdu on pdu.code = r.pdu_code
left join person p on p.id = r.person_id
left join placement pl on pl.id = r.placement_id
cross join lateral (
  select array(select q.kind from release_question q where q.release_id = r.id and q.answered_at is null order by q.id)
    as kinds) asked
cross join lateral (
  select count(*)::int as many, coalesce(array_agg(d.kind order by d.due, d.kind), '{}') as kinds from release_need d
  where d.release_id = r.id and d.met_at is null and d.due <= :today::date
    and r.state not in ('released', 'returned', 'cancelled')) lacks
where (:prison::text is null or r.prison_code = :prison)
  and (:pdu::text is null or :pdu in (r.pdu_code, r.home_pdu))
  and (:first::date is null or r.release_on >= :first)
  and (:last::date is null or r.release_on <= :last)
  and (:state::text is null or r.state = :state)
  and (not :lacking::boolean or lacks.many > 0)
  and (:after_on::date is null or (:lacking_first and lacks.many = 0, r.release_on, r.number)
                                  > (:after_later::boolean, :after_on, :after_number::bigint))
order by later, r.release_on, r.number
limit :limit::int;
