-- Of these attachments, those that no notification mentions. They are locked: who queues a notification with one of them waits, and puts it there again.
-- $1 hashes
select sha256 from notification_files as file
where sha256 = any($1::text[])
  and not exists (select from notifications where payload is not null and payload -> 'attachments' @> jsonb_build_array(jsonb_build_object('sha256', file.sha256)))
for update skip locked
