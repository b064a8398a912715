package io.ghostworks.rules;

import io.ghostworks.logql.eval.LogqlEngine;
import io.ghostworks.logql.eval.LogqlOptions;
import io.ghostworks.logql.eval.LogqlRequest;
import io.ghostworks.logql.eval.LogqlResult;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.query.record.RecordSource;
import java.util.List;
import java.util.function.Function;

/** Evaluates rules over a source of log records, as Loki's ruler does. Thread-safe. */
public final class LogqlInstantQuery implements InstantQuery {

  private final RecordSource source;
  private final Function<TenantId, LogqlOptions> options;
  private final RuleQueries queries;

  /**
   * @param options what each tenant's queries may ask for, as it holds at the moment
   */
  public LogqlInstantQuery(
      RecordSource source, Function<TenantId, LogqlOptions> options, RuleQueries queries) {
    this.source = source;
    this.options = options;
    this.queries = queries;
  }

  @Override
  public List<Element> evaluate(TenantId tenant, String expression, long timestampMs) {
    return queries.evaluate(
        tenant,
        RuleLanguage.LOGQL,
        expression,
        context ->
            elements(
                LogqlEngine.query(
                        LogqlRequest.instant(expression, timestampMs * 1_000_000L),
                        context,
                        source,
                        options.apply(tenant))
                    .result()));
  }

  private static List<Element> elements(LogqlResult result) {
    return switch (result) {
      case LogqlResult.Vector vector ->
          vector.samples().stream()
              .map(sample -> new Element(withoutEmpty(sample.labels()), sample.value()))
              .toList();
      case LogqlResult.Scalar scalar -> List.of(new Element(Labels.EMPTY, scalar.value()));
      case LogqlResult.Matrix ignored -> throw PromqlInstantQuery.unusable();
      case LogqlResult.Streams ignored -> throw PromqlInstantQuery.unusable();
    };
  }

  /** What is extracted from a line may be empty; a series has no such label. */
  private static Labels withoutEmpty(Labels labels) {
    for (int i = 0; i < labels.size(); i++) {
      if (labels.value(i).isEmpty()) {
        return Labels.of(labels.toMap());
      }
    }
    return labels;
  }
}
