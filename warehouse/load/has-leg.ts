/**
 * Which calls of a source without legs have one, of the staged calls `c`, in the SQL of both engines: a call that came in when it
 * reached a queue; one that went out when it reached a person: an agent had him, or nobody came in time and he hung up. An agent who
 * listens to a dial says with the system's own statuses that nobody was there: busy, wrong number, no answer, a machine.
 */
export const HAS_LEG = `CASE WHEN c.direction = 'outbound'
  THEN (c.first_agent <> '' OR coalesce(c.abandoned, false)) AND coalesce(CASE WHEN c.status_group = 0 THEN c.status_num END, 0) NOT IN (90, 91, 92, 93, 96)
  ELSE c.first_queue <> '' END`;
