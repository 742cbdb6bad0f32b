-- name: capture!
-- Keeps one mail; the same Message-ID again changes nothing.
insert into captured_mail (message_id, sender, recipient, subject, body)
values (:message_id, :sender, :recipient, :subject, :body) on conflict (message_id) do nothing;

-- name: captured
-- A page of captured mail, newest first.
select id, at, recipient as "to", subject from captured_mail
where :before::bigint is null or id < :before order by id desc limit :limit;

-- name: captured_mail^
-- One captured mail.
select id, at, message_id, sender, recipient as "to", subject, body as text from captured_mail where id = :id;
