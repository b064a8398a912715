package io.ghostworks.rules;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.template.GoNumbers;
import io.ghostworks.traceql.ast.Static;
import io.ghostworks.traceql.ast.StaticType;
import io.ghostworks.traceql.ast.TraceqlQuery;
import io.ghostworks.traceql.metrics.LabelValue;
import io.ghostworks.traceql.metrics.MetricLabel;
import io.ghostworks.traceql.metrics.MetricSeries;
import io.ghostworks.traceql.metrics.MetricsEngine;
import io.ghostworks.traceql.metrics.MetricsOptions;
import io.ghostworks.traceql.metrics.MetricsRequest;
import io.ghostworks.traceql.parse.TraceqlParseException;
import io.ghostworks.traceql.parse.TraceqlParser;
import io.ghostworks.traceql.parse.TraceqlValidationException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Evaluates rules over a source of spans. A metrics query of TraceQL says nothing about time, so
 * each evaluation asks for the spans of a window that ends at its time: as long as the group's
 * interval, or as the query's hint {@code with(range=5m)} says. Thread-safe.
 */
public final class TraceqlInstantQuery implements InstantQuery {

  /** The hint that says how long the window is. */
  public static final String RANGE = "range";

  private static final long WINDOW_NANOS = Duration.ofMinutes(1).toNanos();

  private final RecordSource source;
  private final Function<TenantId, MetricsOptions> options;
  private final RuleQueries queries;
  private final long windowNanos;

  /**
   * @param options what each tenant's queries may ask for, as it holds at the moment
   */
  public TraceqlInstantQuery(
      RecordSource source, Function<TenantId, MetricsOptions> options, RuleQueries queries) {
    this(source, options, queries, WINDOW_NANOS);
  }

  private TraceqlInstantQuery(
      RecordSource source,
      Function<TenantId, MetricsOptions> options,
      RuleQueries queries,
      long windowNanos) {
    this.source = source;
    this.options = options;
    this.queries = queries;
    this.windowNanos = windowNanos;
  }

  @Override
  public InstantQuery onBehalfOf(Asker asker) {
    return new TraceqlInstantQuery(source, options, queries, asker.intervalNanos());
  }

  @Override
  public List<Element> evaluate(TenantId tenant, String expression, long timestampMs) {
    try {
      return evaluate(tenant, TraceqlParser.parseValid(expression), expression, timestampMs);
    } catch (TraceqlParseException | TraceqlValidationException e) {
      throw new QueryException(QueryException.Kind.BAD_QUERY, String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public List<Element> evaluate(TenantId tenant, RuleExpression expression, long timestampMs) {
    return expression instanceof RuleExpression.Traceql(TraceqlQuery query, String text)
        ? evaluate(tenant, query, text, timestampMs)
        : evaluate(tenant, expression.text(), timestampMs);
  }

  private List<Element> evaluate(
      TenantId tenant, TraceqlQuery query, String text, long timestampMs) {
    long endNanos = timestampMs * 1_000_000L;
    MetricsRequest request = new MetricsRequest(text, endNanos - window(query), endNanos, 0, 0, 0);
    return queries.evaluate(
        tenant,
        RuleLanguage.TRACEQL,
        text,
        context ->
            new MetricsEngine(source, options.apply(tenant))
                .instant(request, context).series().stream()
                    .map(TraceqlInstantQuery::element)
                    .toList());
  }

  private long window(TraceqlQuery query) {
    return query.hint(RANGE, StaticType.DURATION) instanceof Static.Nanos(long nanos) && nanos > 0
        ? nanos
        : windowNanos;
  }

  private static Element element(MetricSeries series) {
    Labels.Builder labels = Labels.builder();
    for (MetricLabel label : series.labels()) {
      labels.set(label.name(), text(label.value()));
    }
    return new Element(labels.build(), series.values()[0]);
  }

  private static String text(LabelValue value) {
    return switch (value) {
      case LabelValue.Text text -> text.value();
      case LabelValue.Whole whole -> Long.toString(whole.value());
      case LabelValue.Real real -> GoNumbers.shortest(real.value());
      case LabelValue.Bool bool -> Boolean.toString(bool.value());
    };
  }
}
