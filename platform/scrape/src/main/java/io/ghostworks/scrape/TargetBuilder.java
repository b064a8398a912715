package io.ghostworks.scrape;

import io.ghostworks.config.DurationForm;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.relabel.RelabelRule;
import io.ghostworks.scrape.prometheusfile.NativeHistograms;
import io.ghostworks.scrape.prometheusfile.ScrapeJob;
import io.ghostworks.scrape.prometheusfile.StaticTargets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a job's targets out of its static configurations: labels of the job and the address are
 * filled in, the relabelling rules run, the result is checked (Prometheus scrape/target.go,
 * PopulateLabels).
 */
final class TargetBuilder {
  private static final String ADDRESS = "__address__";
  private static final String SCHEME = "__scheme__";
  private static final String METRICS_PATH = "__metrics_path__";
  private static final String INTERVAL = "__scrape_interval__";
  private static final String TIMEOUT = "__scrape_timeout__";
  private static final String PARAM_PREFIX = "__param_";
  private static final String META_PREFIX = "__meta_";
  private static final String RESERVED_PREFIX = "__";
  private static final String NATIVE_HISTOGRAMS = "__scrape_native_histograms__";
  private static final String CONVERT_HISTOGRAMS = "__convert_classic_histograms_to_nhcb__";
  private static final String CLASSIC_HISTOGRAMS = "__always_scrape_classic_histograms__";
  private static final String UNIX_SOCKET = "__unix_socket__";

  /** The words that Go's strconv.ParseBool takes. */
  private static final List<String> TRUE = List.of("1", "t", "T", "true", "TRUE", "True");

  private static final List<String> FALSE = List.of("0", "f", "F", "false", "FALSE", "False");

  /**
   * A job's targets.
   *
   * @param active to be scraped; no two are the same
   * @param dropped the discovered labels of those that relabelling dropped, at most as many as the
   *     job keeps
   * @param droppedCount all that were dropped
   * @param failures why others cannot be scraped, as sentences
   */
  record Built(
      List<Target> active, List<Labels> dropped, int droppedCount, List<String> failures) {}

  private final ScrapeJob job;
  private final Map<Object, Target> active = new LinkedHashMap<>();
  private final List<Labels> dropped = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private int droppedCount;

  private TargetBuilder(ScrapeJob job) {
    this.job = job;
  }

  static Built targets(ScrapeJob job) {
    TargetBuilder builder = new TargetBuilder(job);
    for (StaticTargets group : job.staticTargets()) {
      for (String address : group.addresses()) {
        builder.add(address, group.labels());
      }
    }
    return new Built(
        List.copyOf(builder.active.values()),
        List.copyOf(builder.dropped),
        builder.droppedCount,
        List.copyOf(builder.failures));
  }

  private void add(String address, Map<String, String> groupLabels) {
    Labels discovered = discoveredLabels(address, groupLabels);
    Labels.Builder labels = discovered.toBuilder();
    if (!RelabelRule.applyAll(job.relabelRules(), labels)) {
      droppedCount++;
      long kept = job.limits().keepDroppedTargets();
      if (kept == 0 || dropped.size() < kept) {
        dropped.add(discovered);
      }
      return;
    }
    try {
      Target target = target(discovered, labels);
      active.putIfAbsent(target.identity(), target);
    } catch (IllegalArgumentException e) {
      failures.add("the target '" + address + "' of job '" + job.name() + "': " + e.getMessage());
    }
  }

  private Labels discoveredLabels(String address, Map<String, String> groupLabels) {
    Labels.Builder labels = Labels.builder();
    groupLabels.forEach(labels::set);
    labels.set(ADDRESS, address);
    setIfAbsent(labels, "job", job.name());
    setIfAbsent(labels, INTERVAL, DurationForm.PROMETHEUS.format(job.interval()));
    setIfAbsent(labels, TIMEOUT, DurationForm.PROMETHEUS.format(job.timeout()));
    setIfAbsent(labels, METRICS_PATH, job.metricsPath());
    setIfAbsent(labels, SCHEME, job.scheme());
    NativeHistograms histograms = job.nativeHistograms();
    setIfAbsent(labels, CONVERT_HISTOGRAMS, Boolean.toString(histograms.convertsClassic()));
    setIfAbsent(labels, CLASSIC_HISTOGRAMS, Boolean.toString(histograms.alwaysClassic()));
    setIfAbsent(labels, NATIVE_HISTOGRAMS, Boolean.toString(histograms.scrapes()));
    job.params()
        .forEach((name, values) -> {
          if (!values.isEmpty()) {
            setIfAbsent(labels, PARAM_PREFIX + name, values.getFirst());
          }
        });
    return labels.build();
  }

  private Target target(Labels discovered, Labels.Builder labels) {
    String address = value(labels, ADDRESS);
    if (address.isEmpty()) {
      throw new IllegalArgumentException("it has no address");
    }
    if (address.contains("/")) {
      throw new IllegalArgumentException("'" + address + "' is not a valid hostname");
    }
    Duration interval = duration(labels, INTERVAL, "scrape interval");
    Duration timeout = duration(labels, TIMEOUT, "scrape timeout");
    if (timeout.compareTo(interval) > 0) {
      throw new IllegalArgumentException(
          "its scrape timeout must not be greater than its scrape interval ("
              + value(labels, TIMEOUT)
              + " > "
              + value(labels, INTERVAL)
              + ")");
    }
    NativeHistograms histograms = histograms(labels);
    if (!value(labels, UNIX_SOCKET).isEmpty()) {
      throw new IllegalArgumentException(
          "it is behind a unix socket (__unix_socket__), which is not scraped");
    }
    for (String name : labels.names()) {
      if (name.startsWith(META_PREFIX)) {
        labels.remove(name);
      }
    }
    setIfAbsent(labels, "instance", address);
    Labels all = labels.build();
    return new Target(discovered, all, publicLabels(all), url(all), interval, timeout, histograms);
  }

  /** What the job does with histograms, where the target's labels do not say otherwise. */
  private NativeHistograms histograms(Labels.Builder labels) {
    NativeHistograms ofJob = job.nativeHistograms();
    return ofJob.with(
        flag(labels, NATIVE_HISTOGRAMS, ofJob.scrapes()),
        flag(labels, CLASSIC_HISTOGRAMS, ofJob.alwaysClassic()),
        flag(labels, CONVERT_HISTOGRAMS, ofJob.convertsClassic()));
  }

  private static boolean flag(Labels.Builder labels, String name, boolean absent) {
    String word = value(labels, name);
    if (TRUE.contains(word)) {
      return true;
    }
    if (!word.isEmpty() && !FALSE.contains(word)) {
      throw new IllegalArgumentException(name + " must be true or false, got '" + word + "'");
    }
    return word.isEmpty() && absent;
  }

  private static Duration duration(Labels.Builder labels, String name, String what) {
    Duration duration;
    try {
      duration = DurationForm.PROMETHEUS.parse(value(labels, name));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "its %s '%s' %s".formatted(what, value(labels, name), e.getMessage()), e);
    }
    if (duration.isZero()) {
      throw new IllegalArgumentException("its " + what + " must not be 0");
    }
    return duration;
  }

  private static Labels publicLabels(Labels all) {
    Labels.Builder labels = Labels.builder();
    all.forEach((name, value) -> {
      if (!name.startsWith(RESERVED_PREFIX)) {
        labels.set(name, value);
      }
    });
    return labels.build();
  }

  private String url(Labels all) {
    Map<String, List<String>> params = new LinkedHashMap<>(job.params());
    all.forEach((name, value) -> {
      if (name.startsWith(PARAM_PREFIX)) {
        String key = name.substring(PARAM_PREFIX.length());
        List<String> values = new ArrayList<>(params.getOrDefault(key, List.of()));
        if (values.isEmpty()) {
          values.add(value);
        } else {
          values.set(0, value);
        }
        params.put(key, values);
      }
    });
    return TargetUrl.text(all.get(SCHEME), all.get(ADDRESS), all.get(METRICS_PATH), params);
  }

  private static void setIfAbsent(Labels.Builder labels, String name, String value) {
    if (value(labels, name).isEmpty()) {
      labels.set(name, value);
    }
  }

  private static String value(Labels.Builder labels, String name) {
    @Nullable String value = labels.get(name);
    return value == null ? "" : value;
  }
}
