-- Takes out of a new file what the campaign's other files hold and what nobody may dial; kept among its rejected rows.
-- $1 file · $2 the campaign's other files · $3 tenant · $4 what is on the list since
with twice as (
  delete from contacts as contact using contacts as other
  where contact.file = $1 and other.number = contact.number and other.file = any($2::integer[])
  returning contact.line, contact.number
), listed as (
  delete from contacts as contact using do_not_call as listed
  where contact.file = $1 and listed.tenant = $3 and listed.added_at >= $4 and listed.number = contact.number
    and not exists (select from contacts as other where other.number = contact.number and other.file = any($2::integer[]))
  returning contact.line, contact.number
)
insert into rejected_rows (file, line, reason, detail)
select $1, line, 'duplicate-in-campaign', '+' || number from twice
union all
select $1, line, 'do-not-call', '+' || number from listed
