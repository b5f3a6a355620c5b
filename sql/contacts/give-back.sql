-- Attempts that were none: their contacts are as if they had never been taken.
-- $1 attempts
with gone as (delete from contact_attempts where id = any($1::bigint[]) and ended_at is null returning *)
update contacts set state = gone.was, due_at = gone.was_due_at, agent = gone.was_agent, attempts = contacts.attempts - 1,
  last_attempt = (select max(id) from contact_attempts where contact = contacts.id and id <> gone.id)
from gone where contacts.number = gone.number and contacts.id = gone.contact and contacts.last_attempt = gone.id
