package io.ghostworks.rules;

import io.ghostworks.model.label.Labels;
import io.ghostworks.template.PrometheusTemplate;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rule file as written, or the groups of a namespace of the ruler API.
 *
 * @param file the file as it was given, or the namespace
 * @param language of all its expressions
 */
public record RuleFile(String file, Origin origin, RuleLanguage language, List<Group> groups) {

  public RuleFile {
    groups = List.copyOf(groups);
  }

  /** A file of Prometheus. */
  public RuleFile(String file, List<Group> groups) {
    this(file, Origin.FILE, RuleLanguage.PROMQL, groups);
  }

  /** Where rules come from. */
  public enum Origin {
    FILE,
    /** Stored by a client of the ruler API. */
    API,
    /** They come with the program. */
    BUILT_IN
  }

  /**
   * What tells a group from all others of its tenant, and stays over restarts: file, a semicolon,
   * name, as Prometheus has it. A namespace of the ruler API has two slashes before it, which no
   * normal path has.
   */
  public String key(Group group) {
    return place() + ";" + group.name();
  }

  /** The file or namespace, apart from all others of its tenant. */
  public String place() {
    return origin == Origin.API ? "api://" + language.word() + "/" + file : file;
  }

  /**
   * Rules that are evaluated one after another at the same times.
   *
   * @param interval zero where the global {@code evaluation_interval} counts
   * @param queryOffset null where the global {@code rule_query_offset} counts
   * @param limit how many series or alerts a rule may make; 0 is any number
   * @param labels added to every rule that does not set them itself
   * @param aligned whether it is evaluated at whole multiples of its interval (Mimir's {@code
   *     align_evaluation_time_on_interval})
   */
  public record Group(
      String name,
      Duration interval,
      @Nullable Duration queryOffset,
      int limit,
      Map<String, String> labels,
      List<Rule> rules,
      boolean aligned) {
    public Group {
      labels = Map.copyOf(labels);
      rules = List.copyOf(rules);
    }

    /** A group of Prometheus. */
    public Group(
        String name,
        Duration interval,
        @Nullable Duration queryOffset,
        int limit,
        Map<String, String> labels,
        List<Rule> rules) {
      this(name, interval, queryOffset, limit, labels, rules, false);
    }

    /** The times at which it is evaluated. */
    GroupSlots slots(String place, long intervalNanos) {
      return aligned ? new GroupSlots(intervalNanos) : new GroupSlots(place, name, intervalNanos);
    }

    /**
     * The last time at or before another at which the group is evaluated; nanoseconds since the
     * epoch.
     *
     * @param file the file as it was given
     */
    public long slotAtOrBefore(String file, long intervalNanos, long epochNanos) {
      return slots(file, intervalNanos).atOrBefore(epochNanos);
    }
  }

  /** A rule. */
  public sealed interface Rule {
    /** The name of the series or of the alert. */
    String name();

    RuleExpression expression();
  }

  /**
   * Stores the result of an expression as series.
   *
   * @param labels that its series get; one with an empty value is taken away from them
   */
  public record Recording(String name, RuleExpression expression, Labels labels) implements Rule {}

  /**
   * Makes an alert of each element of an expression's result.
   *
   * @param holdFor how long an element must be there until its alert fires
   * @param keepFiringFor how long an alert goes on after its element is gone
   * @param labels templates by label
   * @param annotations templates by name, those of {@link Fallback} too
   */
  public record Alerting(
      String name,
      RuleExpression expression,
      Duration holdFor,
      Duration keepFiringFor,
      Map<String, PrometheusTemplate> labels,
      Map<String, PrometheusTemplate> annotations)
      implements Rule {
    public Alerting {
      labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
      annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
    }

    /** What becomes of the alerts while the expression's data are missing. */
    public Fallback noData() {
      return fallback(Fallback.NO_DATA);
    }

    /** What becomes of the alerts while the expression cannot be evaluated. */
    public Fallback onError() {
      return fallback(Fallback.ON_ERROR);
    }

    private Fallback fallback(String annotation) {
      PrometheusTemplate asked = annotations.get(annotation);
      return asked == null
          ? Fallback.PROMETHEUS
          : Fallback.find(asked.text()).orElse(Fallback.PROMETHEUS);
    }
  }
}
