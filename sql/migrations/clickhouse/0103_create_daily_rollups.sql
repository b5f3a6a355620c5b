-- Rollups by UTC day beside those by quarter-hour, for long ranges: the same columns. A day stands at its first
-- quarter-hour, so that the same expressions read both.
CREATE TABLE IF NOT EXISTS store.agent_states_by_day{on_cluster} AS store.agent_states_by_quarter ENGINE = {everywhere}MergeTree
PARTITION BY toYear(toDate(intDiv(quarter, 96)))
ORDER BY (quarter, tenant, site, agent)
SETTINGS enable_block_number_column = 1, enable_block_offset_column = 1;
CREATE TABLE IF NOT EXISTS store.calls_by_day{on_cluster} AS store.calls_by_quarter ENGINE = {everywhere}MergeTree
PARTITION BY toYear(toDate(intDiv(quarter, 96)))
ORDER BY (quarter, tenant, site, campaign, medium)
SETTINGS enable_block_number_column = 1, enable_block_offset_column = 1;
CREATE TABLE IF NOT EXISTS store.calls_waits_by_day{on_cluster} AS store.calls_waits_by_quarter ENGINE = {everywhere}MergeTree
PARTITION BY toYear(toDate(intDiv(quarter, 96)))
ORDER BY (quarter, tenant, site, campaign, medium, wait_bucket)
SETTINGS enable_block_number_column = 1, enable_block_offset_column = 1;
CREATE TABLE IF NOT EXISTS store.legs_by_day{on_cluster} AS store.legs_by_quarter ENGINE = {everywhere}MergeTree
PARTITION BY toYear(toDate(intDiv(quarter, 96)))
ORDER BY (quarter, tenant, site, campaign, queue, medium)
SETTINGS enable_block_number_column = 1, enable_block_offset_column = 1;
CREATE TABLE IF NOT EXISTS store.legs_waits_by_day{on_cluster} AS store.legs_waits_by_quarter ENGINE = {everywhere}MergeTree
PARTITION BY toYear(toDate(intDiv(quarter, 96)))
ORDER BY (quarter, tenant, site, campaign, queue, medium, wait_bucket)
SETTINGS enable_block_number_column = 1, enable_block_offset_column = 1;
