-- name: regions
-- Regions, by name.
select code, name from region where code <> 'NA' order by name;
