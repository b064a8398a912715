package io.ghostworks.server.settings;

import io.ghostworks.alertmanager.matcher.MatcherSyntax;
import io.ghostworks.config.ConfigFile;
import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.DurationForm;
import io.ghostworks.config.Findings;
import io.ghostworks.model.TenantId;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.scrape.SampleOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Reads {@code ghostworks.yml}; every key that it does not know is a mistake. */
public final class SettingsReader {

  private static final Pattern HOST_AND_PORT = Pattern.compile("[A-Za-z0-9._\\[\\]:-]+:[0-9]{1,5}");
  private static final long MIB = 1L << 20;

  private SettingsReader() {}

  /** What holds without a file. */
  public static Settings defaults() {
    Findings findings = new Findings();
    Settings settings = read(emptyNode(), Path.of(""), findings);
    findings.throwIfErrors();
    return settings;
  }

  /** Reads a file; mistakes go to the findings, and the answer is then only good for going on. */
  public static Settings read(Path file, Findings findings) {
    Path folder = file.toAbsolutePath().getParent();
    return read(ConfigFile.read(file), folder == null ? Path.of("") : folder, findings);
  }

  private static ConfigNode emptyNode() {
    return io.ghostworks.config.YamlReader.read("ghostworks.yml", "{}");
  }

  private static Settings read(ConfigNode node, Path folder, Findings findings) {
    ConfigMap root = ConfigMap.of(node, findings);
    Settings.Limits limits = limits(root.mapOrEmpty("limits"));
    SampleOptions ingest = ingest(root.mapOrEmpty("ingest"));
    Settings settings =
        new Settings(
            files(root.mapOrEmpty("files"), folder),
            listen(root.mapOrEmpty("listen")),
            hosts(root),
            collector(root.mapOrEmpty("collector")),
            storage(root.mapOrEmpty("storage")),
            retention(root.mapOrEmpty("retention")),
            tenants(root.mapOrEmpty("tenants")),
            limits,
            promql(root.mapOrEmpty("promql"), limits.querySamplesMax(), ingest.typeAndUnitLabels()),
            queries(root.mapOrEmpty("queries")),
            ingest,
            MetricsGeneratorReader.read(root.mapOrEmpty("metrics_generator")),
            HeartbeatReader.read(root, folder),
            alertMatchers(root.mapOrEmpty("alertmanager")));
    root.rejectUnknownKeys();
    return settings;
  }

  private static Settings.Files files(ConfigMap map, Path folder) {
    Settings.Files files =
        new Settings.Files(
            path(map, "prometheus", folder),
            RuleFilePatternReader.read(map, folder),
            path(map, "alertmanager", folder),
            path(map, "collector", folder),
            paths(map, "dashboards", folder));
    map.rejectUnknownKeys();
    return files;
  }

  private static Optional<Path> path(ConfigMap map, String key, Path folder) {
    return map.findString(key).map(text -> folder.resolve(text).normalize());
  }

  private static List<String> paths(ConfigMap map, String key, Path folder) {
    List<String> resolved = new ArrayList<>();
    for (String text : map.strings(key)) {
      resolved.add(text.startsWith("/") ? text : folder + "/" + text);
    }
    return resolved;
  }

  private static Settings.Listen listen(ConfigMap map) {
    Map<String, Integer> ports = new LinkedHashMap<>();
    map.find("ports")
        .ifPresent(node -> {
          ConfigMap named = ConfigMap.of(node, map.findings());
          for (String name : ListenerName.words()) {
            named.findInteger(name, 0, 65_535).ifPresent(port -> ports.put(name, port.intValue()));
          }
          named.rejectUnknownKeys();
        });
    Settings.Listen listen =
        new Settings.Listen(
            ports,
            map.strings("origins"),
            map.bool("admin_api", false),
            map.bool("lifecycle_api", false));
    map.rejectUnknownKeys();
    return listen;
  }

  private static Map<String, String> hosts(ConfigMap root) {
    Map<String, String> hosts = root.stringMap("hosts");
    hosts.forEach((from, to) -> {
      if (!HOST_AND_PORT.matcher(from).matches() || !HOST_AND_PORT.matcher(to).matches()) {
        root.error(
            "hosts",
            "must map host:port to host:port, got '%s: %s'".formatted(from, to),
            "write 'api:8000: 127.0.0.1:8000'");
      }
    });
    return hosts;
  }

  private static List<String> collector(ConfigMap map) {
    List<String> notStored = map.strings("not_stored");
    map.rejectUnknownKeys();
    return notStored;
  }

  private static Settings.Storage storage(ConfigMap map) {
    String durability = map.oneOf("durability", "fsync", List.of("fsync", "interval"));
    Duration interval = map.duration("interval", DurationForm.PROMETHEUS, Duration.ofMillis(50));
    if (interval.compareTo(Duration.ofMillis(1)) < 0
        || interval.compareTo(Duration.ofMillis(100)) > 0) {
      map.error(
          "interval", "must be from 1ms to 100ms", "a longer one would lose more than it saves");
    }
    if (map.has("interval") && durability.equals("fsync")) {
      map.error(
          "interval", "must go with 'durability: interval'", "remove it, or set the durability");
    }
    long journalBytesMax = map.size("journal_bytes_max", 1024 * MIB);
    if (journalBytesMax < 64 * MIB) {
      map.error("journal_bytes_max", "must be at least 64MiB", "");
    }
    map.rejectUnknownKeys();
    return new Settings.Storage(
        durability.equals("fsync") ? Duration.ZERO : interval, journalBytesMax);
  }

  private static Settings.Retention retention(ConfigMap map) {
    Settings.Retention retention =
        new Settings.Retention(
            new MetricsRetentionReader().read(map), new RecordRetentionReader().read(map));
    map.rejectUnknownKeys();
    return retention;
  }

  private static Settings.Tenants tenants(ConfigMap map) {
    String operator = map.string("operator", TenantId.DEFAULT.value());
    if (!TenantId.isValid(operator)) {
      map.error("operator", "must match [A-Za-z0-9_-]{1,64}", "");
    }
    map.rejectUnknownKeys();
    return new Settings.Tenants(operator);
  }

  private static Settings.Limits limits(ConfigMap map) {
    long requestBytesMax = map.size("request_bytes_max", 64 * MIB);
    if (requestBytesMax < 1 || requestBytesMax > 1024 * MIB) {
      map.error("request_bytes_max", "must be from 1B to 1GiB", "");
    }
    Duration queryTimeout =
        map.duration("query_timeout", DurationForm.PROMETHEUS, Duration.ofMinutes(2));
    Settings.Limits limits =
        new Settings.Limits(
            requestBytesMax,
            SeriesLimitsReader.read(map),
            LogLimitsReader.read(map),
            SpanLimitsReader.read(map),
            LogIntakeReader.read(map),
            LogQueryLimitsReader.read(map, queryTimeout),
            TraceQueryLimitsReader.read(map),
            RulerLimitsReader.read(map),
            NotificationLimitsReader.read(map),
            map.has("query_memory")
                ? OptionalLong.of(map.size("query_memory", 0))
                : OptionalLong.empty(),
            queryTimeout,
            map.integer("query_samples_max", 50_000_000, 1, Integer.MAX_VALUE));
    map.rejectUnknownKeys();
    return limits;
  }

  private static Settings.Promql promql(ConfigMap map, long samplesMax, boolean typeAndUnitLabels) {
    EngineOptions defaults = EngineOptions.DEFAULT;
    ParserOptions parser =
        new ParserOptions(
            map.bool("experimental_functions", true),
            map.bool("extended_range_selectors", false),
            map.bool("fill_modifiers", false));
    Duration lookback =
        map.duration(
            "lookback_delta", DurationForm.PROMETHEUS, Duration.ofMillis(defaults.lookbackMs()));
    if (lookback.isZero()) {
      map.error("lookback_delta", "must be more than 0", "leave it out for 5m");
      lookback = Duration.ofMillis(defaults.lookbackMs());
    }
    Settings.Promql promql =
        new Settings.Promql(
            new EngineOptions(
                parser,
                lookback.toMillis(),
                samplesMax,
                defaults.subqueryStepMs(),
                map.bool("delayed_name_removal", false),
                map.bool("start_timestamps", false),
                typeAndUnitLabels,
                defaults.resolutionMs()),
            map.bool("per_step_stats", false),
            map.has("result_cache_memory")
                ? OptionalLong.of(map.size("result_cache_memory", 0))
                : OptionalLong.empty());
    map.rejectUnknownKeys();
    return promql;
  }

  private static MatcherSyntax alertMatchers(ConfigMap map) {
    String word = map.oneOf("matchers", "fallback", List.of("classic", "utf8_strict", "fallback"));
    map.rejectUnknownKeys();
    return MatcherSyntax.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static Settings.RunningQueries queries(ConfigMap map) {
    Settings.RunningQueries queries =
        new Settings.RunningQueries(
            (int) map.integer("concurrency", 20, 1, 1000),
            map.duration("slow_threshold", DurationForm.PROMETHEUS, Duration.ofSeconds(10)));
    map.rejectUnknownKeys();
    return queries;
  }

  private static SampleOptions ingest(ConfigMap map) {
    SampleOptions ingest =
        new SampleOptions(
            map.bool("type_and_unit_labels", false),
            map.bool("created_as_start", false),
            map.bool("start_timestamp_zeros", false));
    map.rejectUnknownKeys();
    return ingest;
  }
}
