package io.ghostworks.records;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How long log records and spans are kept. The first rule that matches decides; rows that none
 * matches are kept as audit logs, log records or traces.
 *
 * @param rules in the order in which they are tried
 * @param logs of log records that no rule matches
 * @param auditLogs of those among them that are of {@code log_type="audit"}
 * @param traces of spans that no rule matches
 */
public record RecordRetention(
    List<Rule> rules, Duration logs, Duration auditLogs, Duration traces) {

  private static final Duration WITHOUT_END = Duration.ofDays(36_500);

  public RecordRetention {
    rules = List.copyOf(rules);
    Set<String> names = new HashSet<>(Set.of("logs", "audit", "traces", "kept"));
    for (Rule rule : rules) {
      if (!names.add(rule.name())) {
        throw new IllegalArgumentException(
            "a name of a retention rule must be used once, and not be logs, audit, traces or kept, got '%s'"
                .formatted(rule.name()));
      }
    }
  }

  /** Without rules. */
  public RecordRetention(Duration logs, Duration auditLogs, Duration traces) {
    this(List.of(), logs, auditLogs, traces);
  }

  /**
   * One rule.
   *
   * @param name of the class of the rows that it matches
   * @param tenant whose rows it is about; empty for all
   * @param ofTraces whether it is about spans, and not about log records
   * @param matchers of a log record's stream, or of a span's {@code service.name}, {@code
   *     service.namespace} and other attributes of its resource that are texts, by their keys with
   *     underscores for dots; none match all
   * @param keep how long rows are kept
   */
  public record Rule(
      String name,
      Optional<TenantId> tenant,
      boolean ofTraces,
      List<LabelMatcher> matchers,
      Duration keep) {

    public Rule {
      matchers = List.copyOf(matchers);
    }

    private boolean isAbout(TenantId ofTenant, boolean traces) {
      return ofTraces == traces && (tenant.isEmpty() || tenant.get().equals(ofTenant));
    }

    private RetentionClass retentionClass() {
      return RetentionClass.ofRule(name, keep);
    }
  }

  /** The class of a stream's log records by rules; null if none matches. */
  @Nullable RetentionClass ofStream(TenantId tenant, Labels stream) {
    for (Rule rule : rules) {
      if (rule.isAbout(tenant, false)
          && rule.matchers().stream()
              .allMatch(matcher -> matcher.matches(stream.get(matcher.label())))) {
        return rule.retentionClass();
      }
    }
    return null;
  }

  /**
   * The class of a tenant's spans of one resource.
   *
   * @param resource value of an attribute of the resource by the name of a label, "" if it has none
   */
  RetentionClass ofSpans(TenantId tenant, UnaryOperator<String> resource) {
    for (Rule rule : rules) {
      if (rule.isAbout(tenant, true)
          && rule.matchers().stream()
              .allMatch(matcher -> matcher.matches(resource.apply(matcher.label())))) {
        return rule.retentionClass();
      }
    }
    return RetentionClass.TRACES;
  }

  /** How long rows of a class are kept. */
  Duration of(RetentionClass retention) {
    if (retention.isOfRule()) {
      return rules.stream()
          .filter(rule -> rule.name().equals(retention.name()))
          .map(Rule::keep)
          .findFirst()
          .orElseGet(() -> Duration.ofSeconds(retention.keepSeconds()));
    }
    return switch (retention.code()) {
      case 0 -> logs;
      case 1 -> auditLogs;
      case 4 -> WITHOUT_END;
      default -> traces;
    };
  }
}
