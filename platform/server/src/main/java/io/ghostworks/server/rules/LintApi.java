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
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/platform/rules/lint}: what is wrong with the loaded rules, looked at with the
 * tenant's series. {@code POST} looks at the file in the form's {@code rules} (named {@code file}),
 * or at the panels of a {@code dashboard}. {@code window} says how far back series count.
 */
public final class LintApi {
  private static final Duration WINDOW = Duration.ofDays(1);

  private final TenantId operator;
  private final SeriesSource source;
  private final Queries queries;
  private final EngineOptions options;
  private final Supplier<List<RuleFile>> loaded;
  private final Supplier<Set<String>> routingLabels;

  /**
   * @param loaded the rules of the operator's tenant
   * @param routingLabels labels that alerts are routed or grouped by
   */
  public LintApi(
      TenantId operator,
      SeriesSource source,
      Queries queries,
      EngineOptions options,
      Supplier<List<RuleFile>> loaded,
      Supplier<Set<String>> routingLabels) {
    this.operator = operator;
    this.source = source;
    this.queries = queries;
    this.options = options;
    this.loaded = loaded;
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
    RuleLint lint =
        new RuleLint(data, exchange.tenant().equals(operator) ? routingLabels.get() : Set.of());
    String dashboard = exchange.parameter("dashboard").orElse("");
    if (!dashboard.isEmpty()) {
      String name = exchange.parameter("file").orElse("dashboard");
      return answer(new PanelLint(lint).check(name, tree(name, dashboard)));
    }
    List<RuleTexts> texts = RuleTexts.brought(exchange, options.parser());
    boolean brought = !texts.isEmpty();
    List<RuleTexts> known =
        exchange.tenant().equals(operator) ? RuleTexts.loaded(loaded, options.parser()) : List.of();
    List<LintSubject> subjects = new ArrayList<>();
    for (RuleTexts each : brought ? texts : known) {
      subjects.addAll(RuleSubjects.of(each.file().file(), each.tree()));
    }
    return answer(lint.check(subjects, recorded(known)));
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

  private static Answer answer(List<LintFinding> findings) {
    return RuleAnswer.of(new Found(findings.stream().map(View::of).toList()));
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

    static View of(LintFinding finding) {
      return new View(
          finding.check().word(),
          finding.severity().word(),
          finding.place().file(),
          finding.place().line(),
          finding.place().group(),
          finding.place().name(),
          finding.reason(),
          finding.corrected().isEmpty() ? null : finding.corrected(),
          finding.correctedRule().isEmpty() ? null : finding.correctedRule());
    }
  }
}
