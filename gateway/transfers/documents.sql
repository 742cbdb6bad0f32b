-- name: document^
-- One document of an NSI.
select need, received_on from nsi_document where nsi_id = :nsi and kind = :kind;

-- name: documents
-- The checklist.
select kind, need, why, sent_on, sent_by, received_on, received_by, complete, lacking
from nsi_document where nsi_id = :nsi;

-- name: keep!
-- What is known of a document; what is not given stays. Who said so is whoever acts.
insert into nsi_document as d (nsi_id, kind, need, why, sent_on, sent_by, received_on, received_by, complete, lacking)
values (:nsi, :kind, :need, coalesce(:why::text, ''),
        :sent_on::date, case when :sent_on is not null then current_setting('bedspace.actor', true) end,
        :received_on::date, case when :received_on is not null then current_setting('bedspace.actor', true) end,
        :complete::boolean, coalesce(:lacking::text, ''))
on conflict (nsi_id, kind) do update
set need = excluded.need,
    why = case when :why is not null or excluded.need <> d.need then excluded.why else d.why end,
    sent_on = coalesce(excluded.sent_on, d.sent_on), sent_by = coalesce(excluded.sent_by, d.sent_by),
    received_on = coalesce(excluded.received_on, d.received_on),
    received_by = coalesce(excluded.received_by, d.received_by),
    complete = coalesce(excluded.complete, d.complete),
    lacking = case when excluded.complete is not null then excluded.lacking else d.lacking end;
