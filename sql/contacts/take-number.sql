-- Begins an attempt to reach one number, which an agent dials by hand; no row = it is being dialed. In the campaign's files it is that
-- contact, whatever its state and hours; any other number is contact 0 of file 0.
-- $1 campaign · $2 tenant · $3 number · $4 now · $5 dialer · $6 end of the lease
with known as (
  select contacts.id, contacts.file, contacts.state, contacts.due_at, contacts.agent
  from contacts join call_files as file on file.id = contacts.file
  where contacts.number = $3 and file.campaign = $1 and file.status in ('ready', 'paused')
  order by contacts.id limit 1 for update of contacts
),
begun as (
  insert into contact_attempts (contact, file, campaign, tenant, number, dialer, lease_until, was, was_due_at, was_agent, started_at)
  select coalesce(known.id, 0), coalesce(known.file, 0), $1, $2, $3, $5, $6, coalesce(known.state, 'new'), coalesce(known.due_at, '-infinity'), known.agent, $4
  from (select 1) as one left join known on true
  on conflict (tenant, number) where ended_at is null do nothing
  returning id, contact
),
moved as (
  update contacts set state = 'in-progress', attempts = contacts.attempts + 1, last_attempt = begun.id
  from begun where contacts.number = $3 and contacts.id = begun.contact
)
select id, contact from begun
