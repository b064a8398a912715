package io.ghostworks.server.prometheus;

import io.ghostworks.promql.ast.AggregateOperator;
import io.ghostworks.promql.ast.BinaryOperator;
import io.ghostworks.promql.ast.Function;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.promql.parse.ParserOptions;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@code features} answers: by group and name, whether something is there. Groups and names
 * are Prometheus's; what it has and this platform has not is said with false.
 */
final class Features {

  private Features() {}

  static SortedMap<String, SortedMap<String, Boolean>> of(ServerFacts facts) {
    SortedMap<String, SortedMap<String, Boolean>> all = new TreeMap<>();
    all.put("api", api(facts.switches()));
    set(all, "otlp_receiver", true, "delta_conversion");
    set(all, "otlp_receiver", false, "native_delta_ingestion");
    set(all, "prometheus", true, "server_mode");
    set(all, "prometheus", false, "agent_mode", "auto_reload_config", "stringlabels");
    promql(all, facts.promql());
    set(all, "rules", true, "concurrent_rule_eval", "keep_firing_for", "query_offset");
    set(all, "scrape", true, "extra_scrape_metrics");
    set(all, "scrape", facts.switches().startZeros(), "start_timestamp_zero_ingestion");
    set(all, "scrape", facts.switches().typeAndUnitLabels(), "type_and_unit_labels");
    set(all, "service_discovery_providers", true, "static");
    set(all, "tsdb", true, "exemplar_storage", "isolation", "native_histograms");
    set(all, "tsdb", false, "delayed_compaction", "use_uncached_io", "xor2_encoding");
    set(all, "ui", false, "ui_v2");
    set(all, "ui", true, "ui_v3");
    return all;
  }

  private static SortedMap<String, Boolean> api(ServerFacts.Switches switches) {
    SortedMap<String, Boolean> api = new TreeMap<>();
    for (String name :
        new String[] {
          "exclude_alerts",
          "label_values_match",
          "openapi_3.1",
          "otlp_write_receiver",
          "query_stats",
          "query_warnings",
          "remote_write_receiver",
          "search",
          "search_fuzz_alg_jarowinkler",
          "search_fuzz_alg_subsequence",
          "time_range_labels",
          "time_range_series"
        }) {
      api.put(name, true);
    }
    api.put("openapi_3.2", false);
    api.put("lifecycle", switches.lifecycle());
    api.put("admin", switches.admin());
    return api;
  }

  private static void promql(
      SortedMap<String, SortedMap<String, Boolean>> all, EngineOptions options) {
    ParserOptions parser = options.parser();
    set(
        all,
        "promql",
        true,
        "at_modifier",
        "bool",
        "by",
        "duration_expr",
        "group_left",
        "group_right",
        "ignoring",
        "negative_offset",
        "offset",
        "on",
        "per_query_lookback_delta",
        "subqueries",
        "without");
    set(all, "promql", parser.extendedRangeSelectors(), "anchored", "smoothed");
    set(all, "promql", parser.fillModifiers(), "fill", "fill_left", "fill_right");
    set(all, "promql", options.delayedNameRemoval(), "delayed_name_removal");
    set(all, "promql", false, "per_step_stats");
    set(all, "promql", options.typeAndUnitLabels(), "type_and_unit_labels");
    for (Function function : Function.values()) {
      set(
          all,
          "promql_functions",
          parser.experimentalFunctions() || !function.isExperimental(),
          function.functionName());
    }
    for (AggregateOperator operator : AggregateOperator.values()) {
      set(
          all,
          "promql_operators",
          parser.experimentalFunctions() || !operator.isExperimental(),
          operator.word());
    }
    for (BinaryOperator operator : BinaryOperator.values()) {
      set(all, "promql_operators", true, operator.toString());
    }
    set(all, "promql_operators", true, "=~", "!~", "@");
  }

  private static void set(
      SortedMap<String, SortedMap<String, Boolean>> all,
      String group,
      boolean value,
      String... names) {
    for (String name : names) {
      all.computeIfAbsent(group, key -> new TreeMap<>()).put(name, value);
    }
  }
}
