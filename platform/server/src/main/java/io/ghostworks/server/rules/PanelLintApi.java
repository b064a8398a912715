package io.ghostworks.server.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.logql.syntax.LogqlParseException;
import io.ghostworks.logql.syntax.LogqlParser;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.promql.parse.PromqlParseException;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.series.SeriesSource;
import io.ghostworks.rules.lint.LintFinding;
import io.ghostworks.rules.lint.PanelLint;
import io.ghostworks.rules.lint.RuleLint;
import io.ghostworks.rules.lint.SourceLintData;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Bodies;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.http.Views;
import io.ghostworks.traceql.parse.TraceqlParseException;
import io.ghostworks.traceql.parse.TraceqlParser;
import io.ghostworks.traceql.parse.TraceqlValidationException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/platform/dashboards/lint}: what is wrong with the queries of panels, each looked
 * at with the tenant's series; of LogQL and TraceQL whether they can be read.
 */
public final class PanelLintApi {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration WINDOW = Duration.ofDays(1);
  private static final int QUERIES_MAX = 200;
  private static final int CHARS_MAX = 64 * 1024;
  private static final String SYNTAX = "syntax";
  private static final String PROBLEM = "problem";

  private final SeriesSource source;
  private final Queries queries;
  private final EngineOptions options;
  private final Bodies bodies;

  public PanelLintApi(SeriesSource source, Queries queries, EngineOptions options, Bodies bodies) {
    this.source = source;
    this.queries = queries;
    this.options = options;
    this.bodies = bodies;
  }

  public void addTo(Routes.Api api) {
    api.post(
        "/api/platform/dashboards/lint",
        Permission.READ,
        Route.Work.QUERY,
        queries.evaluation("lint", exchange -> "dashboard lint", this::answer));
  }

  private record Finding(
      String check, String severity, String reason, @Nullable String corrected) {}

  private record Result(@Nullable String id, List<Finding> findings) {}

  private record Results(List<Result> results) {}

  private Answer answer(Exchange exchange, QueryContext context) {
    SourceLintData data =
        new SourceLintData(source, context, options, queries.clock().epochMs(), WINDOW);
    PanelLint lint = new PanelLint(new RuleLint(data, Set.of()));
    List<Result> results = new ArrayList<>();
    for (JsonNode query : queries(exchange)) {
      context.check();
      String id = query.path("id").asText("");
      results.add(new Result(id.isEmpty() ? null : id, findings(lint, query)));
    }
    return Views.answer(new Results(results));
  }

  private JsonNode queries(Exchange exchange) {
    try {
      JsonNode queries = JSON.readTree(bodies.decompressed(exchange)).path("queries");
      if (!queries.isArray() || queries.size() > QUERIES_MAX) {
        throw RequestException.bad(
            "queries must be a list of at most %d queries".formatted(QUERIES_MAX));
      }
      return queries;
    } catch (IOException e) {
      throw new RequestException(400, "the body must be a JSON object: " + e.getMessage(), e);
    }
  }

  private static List<Finding> findings(PanelLint lint, JsonNode query) {
    String expression = query.path("expr").asText("");
    if (expression.length() > CHARS_MAX) {
      throw RequestException.bad("an expr may have %d characters".formatted(CHARS_MAX));
    }
    if (expression.isBlank()) {
      return List.of();
    }
    String language = query.path("language").asText("promql");
    try {
      return switch (language) {
        case "promql", "prometheus" ->
            lint.check(expression).stream().map(PanelLintApi::finding).toList();
        case "logql", "loki" -> {
          var _ = LogqlParser.parse(expression);
          yield List.of();
        }
        case "traceql", "tempo" -> {
          var _ = TraceqlParser.parseValid(expression);
          yield List.of();
        }
        default ->
            throw RequestException.bad(
                "a language must be promql, logql or traceql, got '%s'".formatted(language));
      };
    } catch (PromqlParseException
        | LogqlParseException
        | TraceqlParseException
        | TraceqlValidationException e) {
      return List.of(new Finding(SYNTAX, PROBLEM, String.valueOf(e.getMessage()), null));
    }
  }

  private static Finding finding(LintFinding finding) {
    return new Finding(
        finding.check().word(),
        finding.severity().word(),
        finding.reason(),
        finding.corrected().isEmpty() ? null : finding.corrected());
  }
}
