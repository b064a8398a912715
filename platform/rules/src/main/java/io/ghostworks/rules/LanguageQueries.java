package io.ghostworks.rules;

import io.ghostworks.model.TenantId;
import java.util.List;

/** Gives each group the evaluation of its language; without a group it is PromQL's. */
public record LanguageQueries(InstantQuery promql, InstantQuery logql, InstantQuery traceql)
    implements InstantQuery {

  @Override
  public List<Element> evaluate(TenantId tenant, String expression, long timestampMs) {
    return promql.evaluate(tenant, expression, timestampMs);
  }

  @Override
  public List<Element> evaluate(TenantId tenant, RuleExpression expression, long timestampMs) {
    return of(expression.language()).evaluate(tenant, expression, timestampMs);
  }

  @Override
  public InstantQuery onBehalfOf(Asker asker) {
    return of(asker.language()).onBehalfOf(asker);
  }

  private InstantQuery of(RuleLanguage language) {
    return switch (language) {
      case PROMQL -> promql;
      case LOGQL -> logql;
      case TRACEQL -> traceql;
    };
  }
}
