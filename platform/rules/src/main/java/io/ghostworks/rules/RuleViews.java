package io.ghostworks.rules;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.template.GoNumbers;
import io.ghostworks.template.GoTime;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rules and alerts as Prometheus's HTTP API shows them. The records' components are named as the
 * JSON fields; a null component is left out there. Times are RFC 3339 texts.
 */
public final class RuleViews {

  private static final String NEVER = "0001-01-01T00:00:00Z";

  private final List<RuleGroup> groups;

  /** Groups are told by file and name, as Prometheus sorts them; the built-in one comes last. */
  private static final Comparator<RuleGroup> ORDER =
      Comparator.comparing((RuleGroup group) -> group.origin() == RuleFile.Origin.BUILT_IN)
          .thenComparing(RuleGroup::file)
          .thenComparing(RuleGroup::name)
          .thenComparing(RuleGroup::key);

  RuleViews(List<RuleGroup> groups) {
    this.groups = groups.stream().sorted(ORDER).toList();
  }

  /** The data of {@code /api/v1/alerts}: all alerts that are pending or firing. */
  public List<Alert> alerts() {
    List<Alert> alerts = new ArrayList<>();
    for (RuleGroup group : groups) {
      for (Rule rule : group.rules()) {
        if (rule instanceof AlertingRule alerting) {
          alerts.addAll(alerting.standing());
        }
      }
    }
    return alerts;
  }

  /**
   * The data of {@code /api/v1/rules}.
   *
   * @throws IllegalArgumentException if the request's type or page is wrong, with the parameter and
   *     the reason in Prometheus's words
   */
  public Discovery rules(Request request) {
    List<Group> page = new ArrayList<>();
    boolean found = request.groupNextToken.isEmpty();
    for (RuleGroup group : groups) {
      if (!found) {
        found = request.groupNextToken.equals(token(group));
      }
      if (!found || !request.takes(group)) {
        continue;
      }
      List<Object> rules = rules(group, request);
      if (rules.isEmpty()) {
        continue;
      }
      if (request.groupLimit > 0 && page.size() == request.groupLimit) {
        return new Discovery(page, token(group));
      }
      page.add(view(group, rules));
    }
    if (!found) {
      throw new IllegalArgumentException(
          "invalid parameter \"group_next_token\": invalid group_next_token '%s'. were rule groups changed?"
              .formatted(request.groupNextToken));
    }
    return new Discovery(page, null);
  }

  /** What the platform tells of each group beside Prometheus's own fields. */
  public List<GroupStatus> status() {
    List<GroupStatus> all = new ArrayList<>();
    for (RuleGroup group : groups) {
      int failing = 0;
      int held = 0;
      for (Rule rule : group.rules()) {
        RuleHealth.Snapshot health = rule.health().snapshot();
        failing += health.health().equals("err") ? 1 : 0;
        held += health.isHeld() ? 1 : 0;
      }
      RuleGroup.Evaluated last = group.lastEvaluated();
      all.add(
          new GroupStatus(
              group.key(),
              group.file(),
              group.name(),
              group.origin().name().toLowerCase(Locale.ROOT),
              group.language().word(),
              group.intervalNanos() / 1e9,
              group.queryOffsetNanos() / 1e9,
              group.rules().size(),
              group.steps(),
              failing,
              held,
              group.metrics().missed(),
              last.slotNanos(),
              last.seconds()));
    }
    return all;
  }

  private static List<Object> rules(RuleGroup group, Request request) {
    List<Object> rules = new ArrayList<>();
    for (Rule rule : group.rules()) {
      if (!request.takes(rule)) {
        continue;
      }
      switch (rule) {
        case AlertingRule alerting -> {
          if (!request.type.equals("record")) {
            rules.add(view(alerting, request.excludeAlerts));
          }
        }
        case RecordingRule recording -> {
          if (!request.type.equals("alert")) {
            rules.add(view(recording));
          }
        }
      }
    }
    return rules;
  }

  private static Group view(RuleGroup group, List<Object> rules) {
    RuleGroup.Evaluated last = group.lastEvaluated();
    return new Group(
        group.name(),
        group.file(),
        rules,
        group.intervalNanos() / 1e9,
        group.limit(),
        last.seconds(),
        time(last.atNanos()));
  }

  private static AlertingView view(AlertingRule rule, boolean excludeAlerts) {
    RuleHealth.Snapshot health = rule.health().snapshot();
    Map<String, String> annotations = new LinkedHashMap<>();
    rule.written().annotations().forEach((name, text) -> annotations.put(name, text.text()));
    return new AlertingView(
        rule.state().word(),
        rule.name(),
        rule.query(),
        rule.written().holdFor().toMillis() / 1e3,
        rule.written().keepFiringFor().toMillis() / 1e3,
        rule.writtenLabels(),
        Labels.of(annotations).toMap(),
        excludeAlerts ? null : rule.standing(),
        health.health(),
        health.lastError().isEmpty() ? null : health.lastError(),
        health.seconds(),
        time(health.lastEvaluationNanos()),
        "alerting");
  }

  private static RecordingView view(RecordingRule rule) {
    RuleHealth.Snapshot health = rule.health().snapshot();
    return new RecordingView(
        rule.name(),
        rule.query(),
        rule.labels().toMap(),
        health.health(),
        health.lastError().isEmpty() ? null : health.lastError(),
        health.seconds(),
        time(health.lastEvaluationNanos()),
        "recording");
  }

  private static String time(long epochNanos) {
    return epochNanos == 0
        ? NEVER
        : GoTime.ofEpochNanos(epochNanos).format("2006-01-02T15:04:05.999999999Z07:00");
  }

  private static String token(RuleGroup group) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(group.key().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * What {@code /api/v1/rules} is asked for.
   *
   * @param type {@code alert}, {@code record} or ""
   * @param ruleNames only rules with one of these names; empty for all
   * @param groupNames only groups with one of these names; empty for all
   * @param files only groups of these files; empty for all
   * @param matchers only rules whose labels fulfil one of these lists; empty for all
   * @param groupLimit groups of one answer, 0 for all
   * @param groupNextToken where the page begins, or ""
   */
  public record Request(
      String type,
      Set<String> ruleNames,
      Set<String> groupNames,
      Set<String> files,
      List<List<LabelMatcher>> matchers,
      boolean excludeAlerts,
      int groupLimit,
      String groupNextToken) {

    /** Everything. */
    public static final Request ALL =
        new Request("", Set.of(), Set.of(), Set.of(), List.of(), false, 0, "");

    public Request {
      if (!type.isEmpty() && !type.equals("alert") && !type.equals("record")) {
        throw new IllegalArgumentException(
            "invalid parameter \"type\": not supported value \"%s\"".formatted(type));
      }
      if (!groupNextToken.isEmpty() && groupLimit <= 0) {
        throw new IllegalArgumentException(
            "invalid parameter \"group_next_token\": group_limit needs to be present in order to"
                + " paginate over the groups");
      }
      ruleNames = Set.copyOf(ruleNames);
      groupNames = Set.copyOf(groupNames);
      files = Set.copyOf(files);
      matchers = List.copyOf(matchers);
    }

    boolean takes(RuleGroup group) {
      return (groupNames.isEmpty() || groupNames.contains(group.name()))
          && (files.isEmpty() || files.contains(group.file()));
    }

    boolean takes(Rule rule) {
      return (ruleNames.isEmpty() || ruleNames.contains(rule.name()))
          && (matchers.isEmpty()
              || matchers.stream()
                  .anyMatch(
                      all -> all.stream().allMatch(m -> m.matches(rule.labels().get(m.label())))));
    }
  }

  /**
   * A group in {@code /api/platform/rules/groups}.
   *
   * @param key what tells it from the tenant's others
   * @param origin {@code file}, {@code api} or {@code built_in}
   * @param rules how many it has
   * @param steps in how many steps they are evaluated
   * @param failing how many failed at their last evaluation
   * @param held how many were held
   * @param lastSlotNanos for which time it was evaluated last, since the epoch; 0 if it was not
   */
  public record GroupStatus(
      String key,
      String file,
      String name,
      String origin,
      String language,
      double intervalSeconds,
      double queryOffsetSeconds,
      int rules,
      int steps,
      int failing,
      int held,
      long missed,
      long lastSlotNanos,
      double lastSeconds) {}

  /** {@code /api/v1/rules}. */
  public record Discovery(List<Group> groups, @Nullable String groupNextToken) {}

  /** A group. */
  public record Group(
      String name,
      String file,
      List<Object> rules,
      double interval,
      int limit,
      double evaluationTime,
      String lastEvaluation) {}

  /** An alerting rule. */
  public record AlertingView(
      String state,
      String name,
      String query,
      double duration,
      double keepFiringFor,
      Map<String, String> labels,
      Map<String, String> annotations,
      @Nullable List<Alert> alerts,
      String health,
      @Nullable String lastError,
      double evaluationTime,
      String lastEvaluation,
      String type) {}

  /** A recording rule. */
  public record RecordingView(
      String name,
      String query,
      Map<String, String> labels,
      String health,
      @Nullable String lastError,
      double evaluationTime,
      String lastEvaluation,
      String type) {}

  /** An alert that is pending or firing. */
  public record Alert(
      Map<String, String> labels,
      Map<String, String> annotations,
      String state,
      String activeAt,
      @Nullable String keepFiringSince,
      String value) {

    static Alert of(ActiveAlert alert) {
      return new Alert(
          alert.labels.toMap(),
          alert.annotations.toMap(),
          alert.state.word(),
          time(alert.activeAtNanos),
          alert.keepFiringSinceNanos == 0 ? null : time(alert.keepFiringSinceNanos),
          GoNumbers.format(alert.value, 'e', -1));
    }
  }
}
