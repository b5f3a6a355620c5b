-- Takes what is to be sent now, the longest due first. What a sender that died had in its hands is taken once more and never again:
-- it may have arrived twice already.
-- $1 now, $2 how many at most, $3 until when they are the taker's, $4 whether mails can be sent, $5 names of the webhooks that can be called
with over as (
  update notifications
  set state = case when cancel_asked then 'cancelled' else 'given-up' end, lease_until = null,
    last_error = case when interruptions > 0 then 'the program ended twice while it was being sent: it may have arrived' else 'the program ended while it was being sent: it may have arrived' end
  where state = 'sending' and lease_until <= $1 and (interruptions > 0 or cancel_asked)
), late as (
  update notifications set state = 'given-up', last_error = concat_ws(': ', 'it could not be sent in time', last_error)
  where state in ('due', 'failed') and expires_at <= $1
), wanted as (
  select id from notifications
  where (state in ('due', 'failed') and next_attempt_at <= $1 and (expires_at is null or expires_at > $1)
      or state = 'sending' and lease_until <= $1 and interruptions = 0 and not cancel_asked)
    and (channel = 'email' and $4 or channel = 'webhook' and recipient = any($5::text[]))
  order by next_attempt_at, id limit $2
  for update skip locked
)
update notifications as taken
set state = 'sending', attempts = attempts + 1, interruptions = interruptions + (state = 'sending')::integer, lease_until = $3, lease = lease + 1
from wanted where taken.id = wanted.id
returning taken.*
