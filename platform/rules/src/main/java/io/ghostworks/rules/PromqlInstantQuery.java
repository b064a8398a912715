package io.ghostworks.rules;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.promql.eval.PromqlEngine;
import io.ghostworks.promql.eval.QueryProfile;
import io.ghostworks.promql.eval.QueryResult;
import io.ghostworks.promql.eval.QueryStatistics;
import io.ghostworks.promql.parse.PromqlParseException;
import io.ghostworks.promql.parse.PromqlParser;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.series.SeriesSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evaluates rules over a source of series with the platform's own PromQL. Thread-safe. */
public final class PromqlInstantQuery implements InstantQuery {

  private final SeriesSource source;
  private final EngineOptions options;
  private final RuleQueries queries;
  private final RuleQueryLog log;

  public PromqlInstantQuery(
      SeriesSource source, EngineOptions options, RuleQueries queries, RuleQueryLog log) {
    this.source = source;
    this.options = options;
    this.queries = queries;
    this.log = log;
  }

  @Override
  public List<Element> evaluate(TenantId tenant, String expression, long timestampMs) {
    return evaluate(tenant, parse(expression), expression, timestampMs, null);
  }

  @Override
  public List<Element> evaluate(TenantId tenant, RuleExpression expression, long timestampMs) {
    return evaluate(
        tenant, RuleExpression.promql(expression), expression.text(), timestampMs, null);
  }

  /** Evaluations are logged where they are made on behalf of a group. */
  @Override
  public InstantQuery onBehalfOf(Asker asker) {
    return new Logged(asker);
  }

  private final class Logged implements InstantQuery {
    private final Asker asker;

    Logged(Asker asker) {
      this.asker = asker;
    }

    @Override
    public List<Element> evaluate(TenantId tenant, String expression, long timestampMs) {
      return evaluate(tenant, parse(expression), expression, timestampMs);
    }

    @Override
    public List<Element> evaluate(TenantId tenant, RuleExpression expression, long timestampMs) {
      return evaluate(tenant, RuleExpression.promql(expression), expression.text(), timestampMs);
    }

    private List<Element> evaluate(TenantId tenant, Expr expr, String text, long timestampMs) {
      if (!log.isOn()) {
        return PromqlInstantQuery.this.evaluate(tenant, expr, text, timestampMs, null);
      }
      QueryProfile profile = QueryProfile.ofSamples();
      String error = null;
      try {
        return PromqlInstantQuery.this.evaluate(tenant, expr, text, timestampMs, profile);
      } catch (RuntimeException e) {
        error = String.valueOf(e.getMessage());
        throw e;
      } finally {
        QueryStatistics cost = profile.costSoFar();
        if (cost != null) {
          log.logRule(
              new RuleQueryLog.Asked(asker.file(), asker.group(), text), timestampMs, error, cost);
        }
      }
    }
  }

  private Expr parse(String expression) {
    try {
      return new PromqlParser(options.parser()).parse(expression);
    } catch (PromqlParseException e) {
      throw new QueryException(QueryException.Kind.BAD_QUERY, String.valueOf(e.getMessage()), e);
    }
  }

  private List<Element> evaluate(
      TenantId tenant, Expr expr, String text, long timestampMs, @Nullable QueryProfile profile) {
    return queries.evaluate(
        tenant,
        RuleLanguage.PROMQL,
        text,
        context ->
            elements(
                PromqlEngine.instant(expr, text, timestampMs, context, source, options, profile)
                    .result()));
  }

  private static List<Element> elements(QueryResult result) {
    return switch (result) {
      case QueryResult.Vector vector ->
          vector.samples().stream()
              .map(sample -> new Element(sample.labels(), sample.value(), sample.histogram()))
              .toList();
      case QueryResult.Scalar scalar -> List.of(new Element(Labels.EMPTY, scalar.value()));
      case QueryResult.Matrix ignored -> throw unusable();
      case QueryResult.StringResult ignored -> throw unusable();
    };
  }

  static QueryException unusable() {
    return new QueryException(
        QueryException.Kind.EXECUTION, "rule result is not a vector or scalar");
  }
}
