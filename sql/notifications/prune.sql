-- Takes away what has been over for long, the oldest first. What is still to be sent stays, and so does all that is about an incident in
-- which something is still to be done. Gives the hashes of their attachments.
-- $1 it was over before, $2 how many at most
with old as (
  select id from notifications as one
  where created_at < $1 and state in ('sent', 'given-up', 'cancelled') and greatest(due_at, next_attempt_at, sent_at) < $1
    and not exists (
      select from incidents
      where number = case when one.about_kind = 'incident' and one.about_id ~ '^[0-9]{1,9}$' then one.about_id::integer end and (is_open or is_pending))
  order by created_at, id limit $2
  for update skip locked
)
delete from notifications using old where notifications.id = old.id
returning jsonb_path_query_array(notifications.payload, '$.attachments[*].sha256') as files
