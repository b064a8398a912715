package io.ghostworks.records.scan;

import static java.util.Map.entry;

import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.records.batch.ColumnSet;
import io.ghostworks.records.column.ColumnKind;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which columns of a block a scan looks at. */
public final class NeededColumns {

  private static final Map<Field, ColumnKind> INTRINSIC =
      Map.ofEntries(
          entry(Field.TIME, ColumnKind.TIME),
          entry(Field.OBSERVED_TIME, ColumnKind.OBSERVED),
          entry(Field.SEVERITY_NUMBER, ColumnKind.SEVERITY),
          entry(Field.SEVERITY_TEXT, ColumnKind.SEVERITY_TEXT),
          entry(Field.BODY, ColumnKind.BODY),
          entry(Field.EVENT_NAME, ColumnKind.EVENT_NAME),
          entry(Field.TRACE_ID, ColumnKind.TRACE),
          entry(Field.SPAN_ID, ColumnKind.SPAN_ID),
          entry(Field.PARENT_SPAN_ID, ColumnKind.PARENT_SPAN_ID),
          entry(Field.STREAM_LABELS, ColumnKind.STREAM),
          entry(Field.RESOURCE_ATTRIBUTES, ColumnKind.RESOURCE),
          entry(Field.SERVICE_NAME, ColumnKind.RESOURCE),
          entry(Field.INSTRUMENTATION_ATTRIBUTES, ColumnKind.SCOPE),
          entry(Field.INSTRUMENTATION_NAME, ColumnKind.SCOPE),
          entry(Field.NAME, ColumnKind.NAME),
          entry(Field.KIND, ColumnKind.SPAN_KIND),
          entry(Field.DURATION, ColumnKind.DURATION),
          entry(Field.STATUS_CODE, ColumnKind.STATUS_CODE),
          entry(Field.STATUS_MESSAGE, ColumnKind.STATUS_MESSAGE),
          entry(Field.FLAGS, ColumnKind.FLAGS),
          entry(Field.DROPPED_ATTRIBUTES, ColumnKind.DROPPED_ATTRIBUTES),
          entry(Field.INSTRUMENTATION_VERSION, ColumnKind.SCOPE),
          entry(Field.INSTRUMENTATION_DROPPED_ATTRIBUTES, ColumnKind.SCOPE),
          entry(Field.TRACE_STATE, ColumnKind.TRACE_STATE),
          entry(Field.END_TIME, ColumnKind.DURATION),
          entry(Field.DROPPED_EVENTS, ColumnKind.DROPPED_EVENTS),
          entry(Field.DROPPED_LINKS, ColumnKind.DROPPED_LINKS),
          entry(Field.EVENT_SPAN_NAME, ColumnKind.DETAILS),
          entry(Field.EVENT_TIME_SINCE_START, ColumnKind.DETAILS),
          entry(Field.EVENT_DROPPED_ATTRIBUTES, ColumnKind.DETAILS),
          entry(Field.LINK_TRACE_ID, ColumnKind.DETAILS),
          entry(Field.LINK_SPAN_ID, ColumnKind.DETAILS),
          entry(Field.LINK_TRACE_STATE, ColumnKind.DETAILS),
          entry(Field.LINK_DROPPED_ATTRIBUTES, ColumnKind.DETAILS));

  private final Set<ColumnKind> kinds = EnumSet.of(ColumnKind.TIME);
  private final Set<String> keys = new HashSet<>();
  private boolean allAttributes;

  private NeededColumns() {}

  /** What filter and projection need. */
  public static ColumnSet of(RecordScan scan) {
    NeededColumns needed = new NeededColumns();
    needed.add(scan.filter());
    scan.projection().forEach(needed::add);
    return needed.set();
  }

  /** A column and what a filter looks at. */
  static ColumnSet ofValues(Field field, Filter filter) {
    NeededColumns needed = new NeededColumns();
    needed.add(filter);
    needed.add(field);
    return needed.set();
  }

  /** These columns of spans, and what tells most of them apart. */
  public static ColumnSet ofSpans(Collection<Field> fields) {
    NeededColumns needed = new NeededColumns();
    fields.forEach(needed::add);
    needed.kinds.addAll(
        EnumSet.of(
            ColumnKind.RESOURCE,
            ColumnKind.SCOPE,
            ColumnKind.TRACE,
            ColumnKind.SPAN_ID,
            ColumnKind.PARENT_SPAN_ID,
            ColumnKind.DURATION));
    return needed.set();
  }

  /** What an answer has, and what tells most rows apart where repetitions are left out. */
  static ColumnSet ofAnswer(RecordScan scan) {
    NeededColumns needed = new NeededColumns();
    scan.projection().forEach(needed::add);
    if (!scan.repetitions()) {
      needed.kinds.addAll(
          switch (scan.signal()) {
            case LOGS -> EnumSet.of(ColumnKind.STREAM);
            case SPANS -> EnumSet.of(ColumnKind.SPAN_ID);
          });
    }
    return needed.set();
  }

  /** What a filter looks at. */
  static ColumnSet ofFilter(Filter filter) {
    NeededColumns needed = new NeededColumns();
    needed.add(filter);
    return needed.set();
  }

  private ColumnSet set() {
    return new ColumnSet(kinds, allAttributes ? null : keys, true);
  }

  private void add(Filter filter) {
    switch (filter) {
      case Filter.And and -> and.parts().forEach(this::add);
      case Filter.Or or -> or.parts().forEach(this::add);
      case Filter.Not not -> add(not.part());
      case Filter.Stream stream -> kinds.add(ColumnKind.STREAM);
      case Filter.Traces traces -> kinds.add(ColumnKind.TRACE);
      case Filter.Exists exists -> add(exists.field());
      case Filter.Compare compare -> add(compare.field());
      case Filter.Contains contains -> add(contains.field());
      case Filter.Finds finds -> add(finds.field());
      case Filter.JsonLabel label -> add(Field.BODY);
    }
  }

  private void add(Field field) {
    switch (field.scope()) {
      case INTRINSIC -> {
        if (field.equals(Field.ATTRIBUTES)) {
          kinds.add(ColumnKind.ATTRIBUTE);
          allAttributes = true;
        } else if (INTRINSIC.containsKey(field)) {
          kinds.add(INTRINSIC.get(field));
        }
      }
      case STREAM -> kinds.add(ColumnKind.STREAM);
      case EVENT, LINK -> kinds.add(ColumnKind.DETAILS);
      case RESOURCE -> kinds.add(ColumnKind.RESOURCE);
      case INSTRUMENTATION -> kinds.add(ColumnKind.SCOPE);
      case ATTRIBUTE -> {
        kinds.add(ColumnKind.ATTRIBUTE);
        keys.add(field.name());
      }
      case ATTRIBUTE_OR_RESOURCE -> {
        kinds.add(ColumnKind.ATTRIBUTE);
        kinds.add(ColumnKind.RESOURCE);
        keys.add(field.name());
      }
    }
  }
}
