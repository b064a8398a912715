package io.ghostworks.server.tenants;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.CountRequest;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordCursor;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.Signal;
import io.ghostworks.query.record.StreamCounts;
import io.ghostworks.query.record.TraceCursor;
import io.ghostworks.query.record.TraceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The records of several tenants as one source, as Loki's multi-tenant queries see them: each
 * stream has its tenant as the label {@code __tenant_id__}, by which it can be selected; a label of
 * that name that a sender gave is called {@code original___tenant_id__}.
 *
 * <p>Traces belong to no log stream: of {@link #trace} the first tenant's answer counts that has
 * one.
 */
public final class TenantUnion implements RecordSource {

  static final String TENANT = "__tenant_id__";
  static final String ORIGINAL = "original_" + TENANT;

  private final RecordSource records;
  private final List<TenantId> tenants;

  public TenantUnion(RecordSource records, List<TenantId> tenants) {
    this.records = records;
    this.tenants = List.copyOf(tenants);
  }

  /** A stream's labels with those of its tenant. */
  static Labels labelled(Labels stream, TenantId tenant) {
    Labels.Builder labels = stream.toBuilder();
    String given = stream.find(TENANT);
    if (given != null) {
      labels.set(ORIGINAL, given);
    }
    return labels.set(TENANT, tenant.value()).build();
  }

  @Override
  public RecordCursor scan(RecordScan scan, QueryContext context) {
    List<TenantCursor> cursors = new ArrayList<>();
    try {
      for (TenantId tenant : tenants) {
        RecordScan own =
            new RecordScan(
                scan.signal(),
                scan.startNanos(),
                scan.endNanos(),
                of(scan.filter(), tenant),
                scan.projection(),
                scan.order(),
                scan.rowsMax(),
                scan.repetitions());
        cursors.add(new TenantCursor(tenant, records.scan(own, context.of(tenant))));
      }
      return new TenantMerge(cursors, scan);
    } catch (RuntimeException e) {
      cursors.forEach(TenantCursor::close);
      throw e;
    }
  }

  /** What a filter means for the records of one tenant. */
  private static Filter of(Filter filter, TenantId tenant) {
    return switch (filter) {
      case Filter.And and ->
          new Filter.And(and.parts().stream().map(part -> of(part, tenant)).toList());
      case Filter.Or or ->
          new Filter.Or(or.parts().stream().map(part -> of(part, tenant)).toList());
      case Filter.Not not -> new Filter.Not(of(not.part(), tenant));
      case Filter.Stream stream ->
          of(stream.matchers(), tenant)
              .<Filter>map(Filter.Stream::new)
              .orElse(new Filter.Or(List.of()));
      default -> filter;
    };
  }

  /** The matchers for the streams of a tenant; empty if they exclude the tenant. */
  private static Optional<List<LabelMatcher>> of(List<LabelMatcher> matchers, TenantId tenant) {
    List<LabelMatcher> own = new ArrayList<>();
    for (LabelMatcher matcher : matchers) {
      if (matcher.label().equals(TENANT)) {
        if (!matcher.matches(tenant.value())) {
          return Optional.empty();
        }
      } else {
        own.add(matcher.label().equals(ORIGINAL) ? renamed(matcher) : matcher);
      }
    }
    return Optional.of(own);
  }

  private static LabelMatcher renamed(LabelMatcher matcher) {
    return switch (matcher) {
      case LabelMatcher.Equal equal -> new LabelMatcher.Equal(TENANT, equal.value());
      case LabelMatcher.NotEqual not -> new LabelMatcher.NotEqual(TENANT, not.value());
      case LabelMatcher.Matches matches -> new LabelMatcher.Matches(TENANT, matches.regex());
      case LabelMatcher.NotMatches not -> new LabelMatcher.NotMatches(TENANT, not.regex());
    };
  }

  /** The selectors that may select streams of a tenant; empty if there were some and none can. */
  private static Optional<List<List<LabelMatcher>>> selectors(
      List<List<LabelMatcher>> selectors, TenantId tenant) {
    List<List<LabelMatcher>> own = new ArrayList<>();
    selectors.forEach(matchers -> of(matchers, tenant).ifPresent(own::add));
    return selectors.isEmpty() || !own.isEmpty() ? Optional.of(own) : Optional.empty();
  }

  @Override
  public SpanBatch trace(long traceIdHigh, long traceIdLow, QueryContext context) {
    SpanBatch found = records.trace(traceIdHigh, traceIdLow, context.of(tenants.getFirst()));
    for (int i = 1; i < tenants.size() && found.rows() == 0; i++) {
      found = records.trace(traceIdHigh, traceIdLow, context.of(tenants.get(i)));
    }
    return found;
  }

  @Override
  public TraceCursor spansOf(TraceKey id, Collection<Field> columns, QueryContext context) {
    for (TenantId tenant : tenants) {
      TraceCursor spans = records.spansOf(id, columns, context.of(tenant));
      try {
        SpanBatch first = spans.next();
        if (first != null) {
          return new BegunTrace(first, spans);
        }
        spans.close();
      } catch (RuntimeException e) {
        spans.close();
        throw e;
      }
    }
    return TraceCursor.of(new SpanBatch());
  }

  @Override
  public List<Labels> streams(
      List<List<LabelMatcher>> selectors, long startNanos, long endNanos, QueryContext context) {
    TreeSet<Labels> all = new TreeSet<>();
    for (TenantId tenant : tenants) {
      selectors(selectors, tenant)
          .ifPresent(own ->
              records
                  .streams(own, startNanos, endNanos, context.of(tenant))
                  .forEach(stream -> all.add(labelled(stream, tenant))));
    }
    return List.copyOf(all);
  }

  @Override
  public List<StreamCounts> counts(CountRequest request, QueryContext context) {
    List<StreamCounts> all = new ArrayList<>();
    for (TenantId tenant : tenants) {
      selectors(request.selectors(), tenant)
          .map(own ->
              new CountRequest(
                  own,
                  request.startNanos(),
                  request.endNanos(),
                  request.stepNanos(),
                  request.byLevel()))
          .ifPresent(own -> {
            for (StreamCounts counts : records.counts(own, context.of(tenant))) {
              all.add(
                  new StreamCounts(
                      labelled(counts.stream(), tenant),
                      counts.level(),
                      counts.steps(),
                      counts.rows(),
                      counts.bytes()));
            }
          });
    }
    all.sort(Comparator.comparing(StreamCounts::stream).thenComparing(StreamCounts::level));
    return all;
  }

  @Override
  public List<String> attributeKeys(
      Signal signal,
      Field.Scope scope,
      long startNanos,
      long endNanos,
      int limit,
      QueryContext context) {
    return union(
        limit,
        tenant ->
            records.attributeKeys(signal, scope, startNanos, endNanos, limit, context.of(tenant)));
  }

  @Override
  public List<String> fieldValues(
      Signal signal,
      Field field,
      Filter filter,
      long startNanos,
      long endNanos,
      int limit,
      QueryContext context) {
    return union(
        limit,
        tenant ->
            records.fieldValues(
                signal,
                field,
                of(filter, tenant),
                startNanos,
                endNanos,
                limit,
                context.of(tenant)));
  }

  private List<String> union(int limit, Function<TenantId, List<String>> each) {
    TreeSet<String> all = new TreeSet<>();
    tenants.forEach(tenant -> all.addAll(each.apply(tenant)));
    return limit == 0 ? List.copyOf(all) : all.stream().limit(limit).toList();
  }
}
