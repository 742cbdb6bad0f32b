-- name: region_of$
-- The region of a PDU.
select region_code from pdu where code = :pdu;

-- name: person^
-- Who somebody is.
select name, crn, noms, pnc, birth_date, gender from person where id = :id;

-- name: reference_of$
-- The reference of an NSI.
select reference from nsi where id = :nsi;

-- name: link!
-- The NSI of a release.
update release set nsi_id = :nsi, nsi_is_ours = :ours where id = :id;

-- name: set_way!
-- How it comes about.
update nsi set way = :way where id = :nsi;

-- name: set_days!
-- The days of an NSI.
update nsi set move_on = :move_on, until = :until where id = :nsi;
