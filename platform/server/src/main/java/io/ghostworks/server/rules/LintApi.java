package io.ghostworks.server.rules;

import io.ghostworks.config.ConfigException;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.JsonReader;
import io.ghostworks.model.TenantId;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.series.SeriesSource;
import io.ghostworks.rules.RuleFile;
import io.ghostworks.rules.lint.LintFinding;
import io.ghostworks.rules.lint.LintSubject;
import io.ghostworks.rules.lint.PanelLint;
import io.ghostworks.rules.lint.RuleLint;
import io.ghostworks.rules.lint.RuleSubjects;
import io.ghostworks.rules.lint.SourceLintData;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/platform/rules/lint}: what is wrong with the loaded rules, looked at with the
 * tenant's series. {@code POST} looks at the file in the form's {@code rules} (named {@code file}),
 * or at the panels of a {@code dashboard}. {@code window} says how far back series count.
 */
public final class LintApi {
  private static final Duration WINDOW = Duration.ofDays(1);

  private final SeriesSource source;
  private final Queries queries;
  private final EngineOptions options;
  private final RulesOf rules;
  private final Function<TenantId, Set<String>> routingLabels;

  /**
   * @param routingLabels labels that a tenant's alerts are routed or grouped by
   */
  public LintApi(
      SeriesSource source,
      Queries queries,
      EngineOptions options,
      RulesOf rules,
      Function<TenantId, Set<String>> routingLabels) {
    this.source = source;
    this.queries = queries;
    this.options = options;
    this.rules = rules;
    this.routingLabels = routingLabels;
  }

  public void addTo(Routes.Api api) {
    api.getOrForm(
        "/api/platform/rules/lint",
        Permission.READ,
        Route.Work.QUERY,
        queries.evaluation("lint", exchange -> "rules lint", this::answer));
  }

  private Answer answer(Exchange exchange, QueryContext context) {
    Duration window = RuleTimes.duration(exchange, "window", WINDOW);
    SourceLintData data =
        new SourceLintData(source, context, options, queries.clock().epochMs(), window);
    RuleLint lint = new RuleLint(data, routingLabels.apply(exchange.tenant()));
    String dashboard = exchange.parameter("dashboard").orElse("");
    if (!dashboard.isEmpty()) {
      String name = exchange.parameter("file").orElse("dashboard");
      return answer(new PanelLint(lint).check(name, tree(name, dashboard)), Set.of());
    }
    List<RuleTexts> texts = RuleTexts.brought(exchange, options.parser());
    boolean brought = !texts.isEmpty();
    Map<String, List<String>> stored = rules.stored(exchange.tenant());
    List<RuleTexts> known =
        new ArrayList<>(RuleTexts.loaded(rules.loaded(exchange.tenant()), options.parser()));
    known.addAll(RuleTexts.stored(stored, options.parser()));
    List<LintSubject> subjects = new ArrayList<>();
    for (RuleTexts each : brought ? texts : known) {
      subjects.addAll(RuleSubjects.of(each.file().file(), each.tree()));
    }
    return answer(lint.check(subjects, recorded(known)), brought ? Set.of() : stored.keySet());
  }

  private static ConfigNode tree(String name, String dashboard) {
    try {
      return JsonReader.read(name, dashboard);
    } catch (ConfigException e) {
      throw new RequestException(400, String.valueOf(e.getMessage()), e);
    }
  }

  /** Names that loaded rules write, which count as there although nothing was written yet. */
  private static Set<String> recorded(List<RuleTexts> known) {
    Set<String> names = new HashSet<>();
    for (RuleTexts each : known) {
      for (RuleFile.Group group : each.file().groups()) {
        for (RuleFile.Rule rule : group.rules()) {
          if (rule instanceof RuleFile.Recording recording) {
            names.add(recording.name());
          }
        }
      }
    }
    return names;
  }

  /**
   * @param withoutLines places whose lines nobody sees
   */
  private static Answer answer(List<LintFinding> findings, Set<String> withoutLines) {
    return RuleAnswer.of(
        new Found(
            findings.stream()
                .map(finding -> View.of(finding, withoutLines.contains(finding.place().file())))
                .toList()));
  }

  private record Found(List<View> findings) {}

  private record View(
      String check,
      String severity,
      String file,
      int line,
      String group,
      String rule,
      String reason,
      @Nullable String corrected,
      @Nullable String correctedRule) {

    static View of(LintFinding finding, boolean withoutLine) {
      return new View(
          finding.check().word(),
          finding.severity().word(),
          finding.place().file(),
          withoutLine ? 0 : finding.place().line(),
          finding.place().group(),
          finding.place().name(),
          finding.reason(),
          finding.corrected().isEmpty() ? null : finding.corrected(),
          finding.correctedRule().isEmpty() ? null : finding.correctedRule());
    }
  }
}
