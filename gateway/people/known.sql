-- name: person$
-- Somebody within reach, by CRN or id.
select id from person where crn = :crn::text or id = :id::uuid;

-- name: anybody_with_crn$
-- Somebody with a CRN, within reach or not.
select id from people_like(:crn::text, null, null, null);

-- name: placement^
-- A placement within reach, by id or reference.
select id, person_id from placement where id = :id::uuid or reference = :reference::text;

-- name: zones
-- Where a placement must not be.
select lat, lon, miles from placement_zone where placement_id = :placement::uuid;
