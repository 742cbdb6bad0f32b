-- name: open_nsis
-- The NSIs of a person that are not over, locked in one order.
select id from nsi
where person_id = :person and merged_into is null and status not in ('completed', 'withdrawn', 'returned')
order by id for update;
