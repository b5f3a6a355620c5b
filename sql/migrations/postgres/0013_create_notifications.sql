-- What is told to people and programs outside: an outbox that is also the journal of what was told, to whom, and what the server said.

create table notifications (
  id bigint generated always as identity primary key,
  created_at timestamptz not null,
  -- What is told is told once: the same key again changes nothing.
  key text not null unique,
  -- What stays the same when it is sent twice: the Message-ID of a mail, the delivery of a webhook.
  delivery uuid not null default gen_random_uuid(),
  channel text not null check (channel in ('email', 'webhook')),
  -- An address, or the name of a configured webhook; never its secret.
  recipient text not null,
  subject text not null,
  -- text and html of a mail with its attachments (name, type, sha256), or the body of a webhook. Null = it was confidential, and is over.
  payload jsonb,
  confidential boolean not null,
  about_kind text, about_id text,
  due_at timestamptz not null,
  -- After that nobody wants to read it any more; null = never.
  expires_at timestamptz,
  state text not null default 'due' check (state in ('due', 'sending', 'sent', 'failed', 'given-up', 'cancelled')),
  -- How often a server was asked to take it.
  attempts integer not null default 0,
  next_attempt_at timestamptz not null,
  -- Who sends it has it until then, under a number that nobody else gets.
  lease_until timestamptz, lease integer not null default 0,
  -- How often its sender died over it.
  interruptions integer not null default 0,
  cancel_asked boolean not null default false,
  last_error text,
  sent_at timestamptz,
  -- What the server said when it took it.
  receipt text
);
create index notifications_open on notifications (next_attempt_at, id) where state in ('due', 'failed', 'sending');
create index notifications_about on notifications (about_kind, about_id, id) where about_kind is not null;

-- Attachments by their content: a report that goes to ten people lies here once.
create table notification_files (sha256 text primary key, bytes bytea not null);
