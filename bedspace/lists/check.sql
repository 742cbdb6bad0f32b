-- name: in_force
-- The entries of a list that may be chosen on a day, in their order.
select code, name, needs_note from list_entry where list = :list and valid @> :today::date order by position, code;
