-- Teams of agents, with their validity. Grain: one row per agent, team and period.
SELECT tenant, agent, team, ms_of(valid_from) AS from_ms, ms_of(valid_to) AS to_ms FROM dim.team_members ORDER BY tenant, agent, team
