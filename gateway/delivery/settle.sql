-- name: delivered^
-- Marks a row delivered, if the lease is still ours.
update outbox
set state = 'delivered', delivered_at = now(), lease_token = null, leased_until = null, reason = null,
  receipt = :receipt, said = coalesce(:said::jsonb, said)
where id = :id and state = 'leased' and lease_token = :token
returning purpose, connection, (select title from connection where code = outbox.connection) as title;

-- name: nsis_of
-- The NSIs that a letter is about: the one it names, or those its message became.
select id, person_id from nsi where id = :nsi::uuid or inbox_id = :message::uuid order by number;

-- name: tell!
-- The line of the timeline that says so.
insert into nsi_history (nsi_id, at, kind, note, by_whom)
values (:nsi, :at, :kind, :note, current_setting('bedspace.actor', true));

-- name: placement_of^
-- The placement that a letter is about, or one of its approaches or proposals.
select id, person_id from placement
where id = coalesce(:placement::uuid, (select placement_id from approach where approach.id = :approach::bigint),
                    (select placement_id from proposal where proposal.id = :proposal::bigint));

-- name: tell_placement!
-- The line of its history that says so.
insert into placement_history (placement_id, at, kind, note, by_whom)
values (:placement, :at, 'mail_sent', :note, current_setting('bedspace.actor', true));

-- name: release_of^
-- Whom a letter about a release was about.
select id, person_id from release where id = :release::text::uuid;

-- name: tell_release!
-- The timeline says that a letter went out.
insert into release_history (release_id, at, kind, note, by_whom) values (:release, :at, 'mail_sent', :note, 'gateway');
