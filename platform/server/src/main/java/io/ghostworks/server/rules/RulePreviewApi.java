package io.ghostworks.server.rules;

import io.ghostworks.config.ConfigError;
import io.ghostworks.config.ConfigException;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.Findings;
import io.ghostworks.config.YamlReader;
import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.TenantId;
import io.ghostworks.query.QueryException;
import io.ghostworks.rules.GroupSettings;
import io.ghostworks.rules.InstantQuery;
import io.ghostworks.rules.RuleFile;
import io.ghostworks.rules.RuleFileReader;
import io.ghostworks.rules.RuleLanguage;
import io.ghostworks.rules.RulePreview;
import io.ghostworks.rules.RuleViews;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.template.GoNumbers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/platform/rules/preview}: what the first rule of a group gives at the moment. The
 * form has the {@code group} as YAML, as the ruler API takes it, and the {@code language} of its
 * expressions. What is wrong with the group is part of the answer; nothing is stored.
 */
public final class RulePreviewApi {

  private static final int SHOWN_MAX = 200;
  private static final int GROUP_CHARS_MAX = 1 << 20;

  private final RuleFileReader reader;
  private final InstantQuery query;
  private final Function<TenantId, GroupSettings> settings;
  private final Clock clock;
  private final Executor executor;

  /**
   * @param query evaluates in all languages
   * @param executor runs evaluations
   */
  public RulePreviewApi(
      RuleFileReader reader,
      InstantQuery query,
      Function<TenantId, GroupSettings> settings,
      Clock clock,
      Executor executor) {
    this.reader = reader;
    this.query = query;
    this.settings = settings;
    this.clock = clock;
    this.executor = executor;
  }

  void addTo(Routes.Api api) {
    api.post(
        "/api/platform/rules/preview",
        Permission.READ,
        Route.Work.QUERY,
        exchange -> CompletableFuture.supplyAsync(() -> answer(exchange), executor));
  }

  private Answer answer(Exchange exchange) {
    String word = exchange.parameter("language").orElse(RuleLanguage.PROMQL.word());
    RuleLanguage language =
        RuleLanguage.find(word)
            .orElseThrow(() ->
                RequestException.bad(
                    "language must be promql, logql or traceql, got '%s'".formatted(word)));
    String text =
        exchange
            .parameter("group")
            .orElseThrow(() -> RequestException.bad("group must be given: a group of rules"));
    if (text.length() > GROUP_CHARS_MAX) {
      throw new RequestException(
          413, "group may have %d chars, got %d".formatted(GROUP_CHARS_MAX, text.length()));
    }
    Findings findings = new Findings();
    RuleFile file;
    try {
      ConfigNode root = YamlReader.read("group", text);
      file = reader.readGroup("preview", language, root, findings);
    } catch (ConfigException e) {
      return wrong(e.errors());
    }
    if (findings.hasErrors()) {
      return wrong(findings.errors());
    }
    RuleFile.Group group = file.groups().getFirst();
    if (group.rules().isEmpty()) {
      throw RequestException.bad("the group has no rule");
    }
    return evaluated(exchange.tenant(), file, group);
  }

  private Answer evaluated(TenantId tenant, RuleFile file, RuleFile.Group group) {
    try {
      RulePreview preview =
          RulePreview.of(
              file,
              group,
              group.rules().getFirst(),
              settings.apply(tenant),
              query,
              clock.epochNanos());
      return RuleAnswer.of(
          new View(
              List.of(),
              null,
              preview.elements().size(),
              preview.elements().stream().limit(SHOWN_MAX).map(Sample::of).toList(),
              preview.alerts().stream().limit(SHOWN_MAX).map(Alert::of).toList()));
    } catch (QueryException | OverloadedException e) {
      return RuleAnswer.of(
          new View(List.of(), String.valueOf(e.getMessage()), 0, List.of(), List.of()));
    }
  }

  private static Answer wrong(List<ConfigError> errors) {
    return RuleAnswer.of(
        new View(
            errors.stream().map(RulePreviewApi::sentence).toList(), null, 0, List.of(), List.of()));
  }

  /** The place is the form's field: nobody sees the lines of the text that was sent. */
  private static String sentence(ConfigError error) {
    return new ConfigError(
            "rule", 0, error.keyPath(), error.rule(), error.value(), error.howToMend())
        .toString();
  }

  private record View(
      List<String> mistakes,
      @Nullable String error,
      int samplesFound,
      List<Sample> samples,
      List<Alert> alerts) {}

  private record Sample(Map<String, String> labels, String value) {
    static Sample of(InstantQuery.Element element) {
      return new Sample(
          element.labels().toMap(),
          element.histogram() == null ? GoNumbers.shortest(element.value()) : "histogram");
    }
  }

  private record Alert(Map<String, String> labels, Map<String, String> annotations, String value) {
    static Alert of(RuleViews.Alert alert) {
      return new Alert(alert.labels(), alert.annotations(), alert.value());
    }
  }
}
