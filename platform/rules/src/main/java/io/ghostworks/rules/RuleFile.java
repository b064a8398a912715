package io.ghostworks.rules;

import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.template.PrometheusTemplate;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rule file as written.
 *
 * @param file the file as it was given
 */
public record RuleFile(String file, List<Group> groups) {

  public RuleFile {
    groups = List.copyOf(groups);
  }

  /**
   * Rules that are evaluated one after another at the same times.
   *
   * @param interval zero where the global {@code evaluation_interval} counts
   * @param queryOffset null where the global {@code rule_query_offset} counts
   * @param limit how many series or alerts a rule may make; 0 is any number
   * @param labels added to every rule that does not set them itself
   */
  public record Group(
      String name,
      Duration interval,
      @Nullable Duration queryOffset,
      int limit,
      Map<String, String> labels,
      List<Rule> rules) {
    public Group {
      labels = Map.copyOf(labels);
      rules = List.copyOf(rules);
    }

    /**
     * The last time at or before another at which the group is evaluated; nanoseconds since the
     * epoch.
     *
     * @param file the file as it was given
     */
    public long slotAtOrBefore(String file, long intervalNanos, long epochNanos) {
      return new GroupSlots(file, name, intervalNanos).atOrBefore(epochNanos);
    }
  }

  /** A rule. */
  public sealed interface Rule {
    /** The name of the series or of the alert. */
    String name();

    Expr expression();
  }

  /** Stores the result of an expression as series. */
  public record Recording(String name, Expr expression, Labels labels) implements Rule {}

  /**
   * Makes an alert of each element of an expression's result.
   *
   * @param holdFor how long an element must be there until its alert fires
   * @param keepFiringFor how long an alert goes on after its element is gone
   * @param labels templates by label
   * @param annotations templates by name
   */
  public record Alerting(
      String name,
      Expr expression,
      Duration holdFor,
      Duration keepFiringFor,
      Map<String, PrometheusTemplate> labels,
      Map<String, PrometheusTemplate> annotations)
      implements Rule {
    public Alerting {
      labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
      annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
    }
  }
}
