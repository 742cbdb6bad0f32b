-- name: person^
-- Somebody whom one may see.
select id, crn, noms, pnc, cro, name, birth_date, gender, limited_access from person where id = :id;

-- name: aliases
-- Other names of a person.
select name, source, at from person_alias where person_id = :person order by at, name;

-- name: identifiers
-- Former and further identifiers of a person.
select kind, value, since from person_identifier where person_id = :person order by kind, since, value;

-- name: merges
-- Records that were made one with this one and are so still, the newest first.
select m.id, m.merged as person, p.name, m.reason, m.merged_at as at, m.merged_by as by
from person_merge m left join person p on p.id = m.merged
where m.kept = :person and m.undone_at is null order by m.merged_at desc, m.id;

-- name: nsis
-- NSIs of a person within reach, newest first.
select n.id, n.reference, n.type, n.status, n.move_on, sending.name as sending, receiving.name as receiving
from nsi n left join pdu sending on sending.code = n.sending_pdu join pdu receiving on receiving.code = n.receiving_pdu
where n.person_id = :person::uuid order by n.number desc;

-- name: placements
-- Placements of a person within reach, newest first.
select pl.id, pl.reference, pl.state, pr.name as premises, pl.arrives_on, pl.departs_on
from placement pl left join premises pr on pr.id = pl.premises_id
where pl.person_id = :person::uuid order by pl.number desc;
