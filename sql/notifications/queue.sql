-- Puts notifications into the outbox; a key that is there already changes nothing. Gives the keys that are new.
-- $1 the notifications as a JSON array, $2 now
insert into notifications (created_at, key, channel, recipient, subject, payload, confidential, about_kind, about_id, due_at, expires_at, next_attempt_at, state, last_error)
select $2, key, channel, recipient, subject, payload, confidential, about_kind, about_id, due_at, expires_at, due_at, state, last_error
from jsonb_to_recordset($1::jsonb) as new_one (
  key text, channel text, recipient text, subject text, payload jsonb, confidential boolean, about_kind text, about_id text,
  due_at timestamptz, expires_at timestamptz, state text, last_error text)
on conflict (key) do nothing
returning key
