package io.ghostworks.server.jaeger;

import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.ColumnBatch;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordCursor;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.Signal;
import io.ghostworks.wire.jaeger.json.JaegerNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** The services that have spans, and what they do. */
final class SpanNames {

  private static final int NAMES_MAX = 10_000;

  private final RecordSource records;
  private final QueryContext context;

  SpanNames(RecordSource records, QueryContext context) {
    this.records = records;
    this.context = context;
  }

  /**
   * @param kind in Jaeger's words, "" for an unspecified one
   */
  record Operation(String name, String kind) {}

  /** All services, sorted. */
  List<String> services() {
    TreeSet<String> names = new TreeSet<>();
    for (String name : values(Field.SERVICE_NAME, Filter.ALL)) {
      names.add(JaegerNames.service(name));
    }
    if (hasSpansWithoutService()) {
      names.add(JaegerNames.NO_SERVICE);
    }
    return List.copyOf(names);
  }

  private boolean hasSpansWithoutService() {
    RecordScan scan =
        new RecordScan(
            Signal.SPANS,
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            new Filter.Compare(
                Field.SERVICE_NAME, Filter.Operator.EQUAL, new Filter.Literal.Text("")),
            List.of(Field.TIME),
            RecordScan.Order.NEWEST_FIRST,
            1);
    try (RecordCursor cursor = records.scan(scan, context)) {
      ColumnBatch batch = cursor.next();
      return batch != null && batch.rows() > 0;
    }
  }

  /** The names of a service's spans, sorted. */
  List<String> operationNames(String service) {
    return values(Field.NAME, TraceQuery.ofService(service));
  }

  /**
   * The names of a service's spans with their kinds, sorted.
   *
   * @param wanted only this kind; "" for all
   */
  List<Operation> operations(String service, String wanted) {
    if (service.isEmpty()) {
      return List.of();
    }
    List<Operation> operations = new ArrayList<>();
    Filter ofService = TraceQuery.ofService(service);
    for (String number : values(Field.KIND, ofService)) {
      int kind = Integer.parseInt(number);
      String word = JaegerNames.kind(kind);
      if (wanted.isEmpty() || wanted.equals(word)) {
        Filter ofKind =
            new Filter.Compare(Field.KIND, Filter.Operator.EQUAL, new Filter.Literal.Whole(kind));
        for (String name : values(Field.NAME, new Filter.And(List.of(ofService, ofKind)))) {
          operations.add(new Operation(name, word));
        }
      }
    }
    operations.sort(Comparator.comparing(Operation::name).thenComparing(Operation::kind));
    return operations;
  }

  private List<String> values(Field field, Filter filter) {
    return records.fieldValues(
        Signal.SPANS, field, filter, Long.MIN_VALUE, Long.MAX_VALUE, NAMES_MAX, context);
  }
}
