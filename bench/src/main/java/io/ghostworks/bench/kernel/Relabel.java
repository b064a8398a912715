package io.ghostworks.bench.kernel;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.label.NameValidation;
import io.ghostworks.model.relabel.RelabelAction;
import io.ghostworks.model.relabel.RelabelRule;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Four usual rules on one set of ten labels. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Relabel {

  private final List<RelabelRule> rules =
      List.of(
          rule(RelabelAction.KEEP, "__meta_annotation_scrape", "true", "", ""),
          rule(RelabelAction.REPLACE, "__address__", "([^:]+)(?::\\d+)?", "host", "$1"),
          rule(RelabelAction.LABELMAP, "", "__meta_label_(.+)", "", "$1"),
          rule(RelabelAction.LABELDROP, "", "__meta_annotation_.*", "", ""));

  private final Labels labels =
      Labels.of(
          "__address__", "10.0.0.17:9100",
          "__scheme__", "http",
          "__metrics_path__", "/metrics",
          "__meta_annotation_scrape", "true",
          "__meta_annotation_port", "9100",
          "__meta_label_app", "artifacts",
          "__meta_label_version", "1.2.3",
          "__meta_label_team", "storage",
          "instance", "10.0.0.17:9100",
          "job", "bench");

  @Benchmark
  public Labels applyAll() {
    Labels.Builder builder = labels.toBuilder();
    RelabelRule.applyAll(rules, builder);
    return builder.build();
  }

  private static RelabelRule rule(
      RelabelAction action, String source, String regex, String target, String replacement) {
    return new RelabelRule(
        action,
        source.isEmpty() ? List.of() : List.of(source),
        RelabelRule.DEFAULT_SEPARATOR,
        regex,
        0,
        target,
        replacement.isEmpty() ? RelabelRule.DEFAULT_REPLACEMENT : replacement,
        NameValidation.UTF8);
  }
}
