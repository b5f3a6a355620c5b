-- Of attachments that nobody mentioned when they were locked, those that nobody mentions now: a notification may have been committed in between.
-- $1 their hashes
delete from notification_files as file
where sha256 = any($1::text[])
  and not exists (select from notifications where payload is not null and payload -> 'attachments' @> jsonb_build_array(jsonb_build_object('sha256', file.sha256)))
