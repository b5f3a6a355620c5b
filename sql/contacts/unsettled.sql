-- Attempts of which more may be known elsewhere: those that a dialer has in its hands, and its talks that no agent has qualified, as long as their
-- contact has nothing before it that a status could undo.
-- $1 dialer · $2 since, for the talks
select attempt.contact, attempt.campaign, attempt.tenant, attempt.number, attempt.started_at, attempt.call_id
from contact_attempts as attempt left join contacts on contacts.number = attempt.number and contacts.id = attempt.contact
where attempt.dialer = $1 and (attempt.ended_at is null
  or (attempt.started_at >= $2 and attempt.result = 'passed' and attempt.status_group is null and (contacts.id is null or (contacts.state = 'done' and contacts.last_attempt = attempt.id))))
order by attempt.id
