-- name: beyond$
-- Those of the PDUs and regions that are out of reach.
select array(select code from unnest(:pdus::text[]) as given (code) where not coalesce(pdu_in_scope(code), false)
             union
             select code from unnest(:regions::text[]) as given (code) where not coalesce(region_in_scope(code), false)
             order by code);
