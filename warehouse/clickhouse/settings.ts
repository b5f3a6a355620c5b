import type { ClickHouseSettings } from '@clickhouse/client';

/** What makes one SQL text mean the same on both engines. */
export const MEANING: ClickHouseSettings = {
  // NULL where nothing matches, is merged or is cast, not 0 or ''.
  join_use_nulls: 1, group_by_use_nulls: 1, aggregate_functions_null_for_empty: 1, cast_keep_nullable: 1,
  // A name is the column's before it is the select list's own.
  prefer_column_name_to_alias: 1,
  // Rows are read as their newest versions. The load keeps all versions of a key in one partition.
  final: 1, do_not_merge_across_partitions_select_final: 1,
  // A table is read in one state by all parts of a statement.
  enable_shared_storage_snapshot_in_query: 1,
  session_timezone: 'UTC',
  union_default_mode: 'DISTINCT',
};

/** How answers are written, for `rowsOf`. */
const ANSWERS: ClickHouseSettings = {
  output_format_json_quote_64bit_integers: 1, output_format_json_quote_denormals: 0, date_time_output_format: 'iso',
  // An error in the middle of an answer is an error, not half an answer.
  wait_end_of_query: 1,
};

/** How Arrow is written: texts as texts, never as dictionaries or bytes, dates as dates, for any reader, which may know no compression. */
export const ARROW: ClickHouseSettings = {
  output_format_arrow_low_cardinality_as_dictionary: 0, output_format_arrow_string_as_string: 1, output_format_arrow_date_as_uint16: 0,
  output_format_arrow_compression_method: 'none',
};

/** Long lists of ids are part of a statement. */
const ROOM: ClickHouseSettings = { max_query_size: '16777216', max_ast_elements: '1000000', max_expanded_ast_elements: '1000000' };

/** A connection that waits long is kept open by those between. */
const PATIENCE: ClickHouseSettings = { send_progress_in_http_headers: 1, http_headers_progress_interval_ms: '110000' };

/**
 * What the server's planner looks for in every statement, and ours do not have: a board's day is planned for longer than it is read, and
 * this takes a fifth of all that it costs.
 */
const PLANNING: ClickHouseSettings = {
  optimize_normalize_count_variants: 0, optimize_injective_functions_inside_uniq: 0, optimize_or_like_chain: 0, optimize_arithmetic_operations_in_aggregate_functions: 0,
  optimize_redundant_functions_in_order_by: 0, optimize_multiif_to_if: 0, optimize_time_filter_with_preimage: 0, optimize_syntax_fuse_functions: 0, optimize_rewrite_sum_if_to_count_if: 0,
  optimize_rewrite_aggregate_function_with_if: 0, optimize_aggregators_of_group_by_keys: 0, optimize_injective_functions_in_group_by: 0, optimize_group_by_function_keys: 0,
  optimize_group_by_constant_keys: 0, optimize_extract_common_expressions: 0, optimize_and_compare_chain: 0, optimize_uniq_to_count: 0,
  query_plan_lift_up_array_join: 0, query_plan_split_filter: 0, query_plan_lift_up_union: 0, query_plan_execute_functions_after_sorting: 0, query_plan_aggregation_in_order: 0,
  query_plan_remove_redundant_sorting: 0, query_plan_remove_redundant_distinct: 0, query_plan_optimize_projection: 0,
  query_plan_merge_expressions: 0, query_plan_merge_filters: 0,
};

export const SETTINGS: ClickHouseSettings = { ...MEANING, ...ANSWERS, ...ROOM, ...PATIENCE, ...PLANNING };

/** Of a single server: what is deleted is noted beside a table that can have such notes. Not tried on replicas, where the server is left its own way. */
export const ALONE_SETTINGS: ClickHouseSettings = { lightweight_delete_mode: 'lightweight_update' };

/**
 * Of a cluster: what was written is there for the next statement, and what is joined with a sharded table is what this server has.
 * A server that is busy takes longer than the usual second to take another's connection.
 */
export const CLUSTER_SETTINGS: ClickHouseSettings = {
  connect_timeout_with_failover_ms: 5000,
  distributed_foreground_insert: 1, prefer_global_in_and_join: 1, distributed_product_mode: 'global',
};
