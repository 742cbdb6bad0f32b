-- name: reach^
-- How far row-level security is open.
select coalesce(current_setting('bedspace.nation', true), '') as nation,
       coalesce(current_setting('bedspace.everyone', true), '') as everyone;

-- name: widen^
-- As far as it goes, for this transaction.
select set_config('bedspace.nation', 'on', true), set_config('bedspace.everyone', 'on', true);

-- name: narrow^
-- As far as before.
select set_config('bedspace.nation', :nation, true), set_config('bedspace.everyone', :everyone, true);
