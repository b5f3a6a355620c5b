-- Takes contacts of a campaign that may be dialed now: each begins an attempt. Rows that another dialer holds are passed over.
-- $1 campaign · $2 now · $3 how many at most · $4 dialer · $5 end of the lease · $6 hours by ISO weekday, null = any time
-- $7 holidays · $8 agents at work · $9 later: where a number is being dialed elsewhere
-- $10 call-backs that were due by then are anybody's, whoever promised them
with lanes as materialized (
  select lane.file, lane.lane, lane.priority, file.tenant, place.local
  from call_files as file
  join contact_lanes as lane on lane.file = file.id
  join calling_zones as zone on zone.zone = lane.zone
  cross join lateral (select max($2::timestamptz at time zone place) as local from unnest(zone.places) as place) as place
  where file.campaign = $1 and file.status = 'ready'
    and ($6::jsonb is null or not exists (
      select from unnest(zone.places) as place
      cross join lateral (select $2::timestamptz at time zone place as local) as clock
      where $7::jsonb ? to_char(local, 'YYYY-MM-DD')
         or not exists (
           select from jsonb_array_elements($6::jsonb -> extract(isodow from local)::integer::text) as hours
           where local::time >= (hours ->> 'from')::time and local::time < (hours ->> 'to')::time)))
),
-- Promised call-backs first, then by priority; where the day ends sooner goes first.
candidates as materialized (
  select contact.* from (
    select file, lane, tenant, local, null::smallint as priority from lanes
    union all
    select file, lane, tenant, local, priority from lanes
    order by 5 desc nulls first, 4 desc, 1, 2
  ) as lane
  cross join lateral (
    select waiting.* from (
      select id, file, lane.tenant, number, state, due_at, agent from contacts
      where lane.priority is null and contacts.file = lane.file and contacts.lane = lane.lane and state = 'call-back' and due_at <= $2
        and (agent is null or agent = any($8::integer[]) or due_at <= $10)
      order by due_at limit $3 for update skip locked
    ) as waiting
    union all
    select waiting.* from (
      select id, file, lane.tenant, number, state, due_at, agent from contacts
      where lane.priority is not null and contacts.file = lane.file and contacts.lane = lane.lane and state in ('new', 'follow-up') and due_at <= $2
      order by due_at limit $3 for update skip locked
    ) as waiting
  ) as contact
  limit $3
),
begun as (
  insert into contact_attempts (contact, file, campaign, tenant, number, dialer, lease_until, was, was_due_at, was_agent, started_at)
  select id, file, $1, tenant, number, $4, $5, state, due_at, agent, $2 from candidates
  -- Every dialer in the same order: none waits for another in a circle.
  order by tenant, number
  on conflict (tenant, number) where ended_at is null do nothing
  returning id, contact
)
update contacts set
  state = case when begun.id is null then contacts.state else 'in-progress' end,
  attempts = contacts.attempts + (begun.id is not null)::integer,
  last_attempt = coalesce(begun.id, last_attempt),
  due_at = case when begun.id is null then $9 else contacts.due_at end
from candidates left join begun on begun.contact = candidates.id
where contacts.number = candidates.number and contacts.id = candidates.id
returning contacts.id, begun.id as attempt
