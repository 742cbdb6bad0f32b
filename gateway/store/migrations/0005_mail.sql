-- Outgoing mail of a demo, kept instead of sent and shown on a page. It says nothing about a person.
create table captured_mail (
  id bigint generated always as identity primary key,
  message_id text not null constraint a_mail_is_captured_once unique,
  at timestamptz not null default now(),
  sender text not null,
  recipient text not null,
  subject text not null,
  body text not null
);
grant select, insert on captured_mail to bedspace_app;
