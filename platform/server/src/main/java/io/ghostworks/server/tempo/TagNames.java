package io.ghostworks.server.tempo;

import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.query.record.ColumnBatch;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordCursor;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.query.record.Signal;
import io.ghostworks.server.http.RequestException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The names of tags, by scope. */
final class TagNames {

  /** What queries can name of every span, event, link and trace. */
  static final List<String> INTRINSICS =
      List.of(
          "duration",
          "event:name",
          "event:timeSinceStart",
          "instrumentation:name",
          "instrumentation:version",
          "kind",
          "link:spanID",
          "link:traceID",
          "name",
          "rootName",
          "rootServiceName",
          "span:duration",
          "span:id",
          "span:kind",
          "span:name",
          "span:parentID",
          "span:status",
          "span:statusMessage",
          "status",
          "statusMessage",
          "trace:duration",
          "trace:id",
          "trace:rootName",
          "trace:rootService",
          "traceDuration");

  private static final int NAMES_MAX = 100_000;

  /** Where tags stand. */
  enum Scope {
    RESOURCE(Field.Scope.RESOURCE),
    SPAN(Field.Scope.ATTRIBUTE),
    EVENT(Field.Scope.EVENT),
    LINK(Field.Scope.LINK),
    INSTRUMENTATION(Field.Scope.INSTRUMENTATION);

    private final Field.Scope column;

    Scope(Field.Scope column) {
      this.column = column;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The column of all attributes of the scope, where there is one. */
    private Optional<Field> all() {
      return switch (this) {
        case RESOURCE -> Optional.of(Field.RESOURCE_ATTRIBUTES);
        case SPAN -> Optional.of(Field.ATTRIBUTES);
        case INSTRUMENTATION -> Optional.of(Field.INSTRUMENTATION_ATTRIBUTES);
        case EVENT, LINK -> Optional.empty();
      };
    }
  }

  private final TempoRequest request;
  private final Filter filter;

  TagNames(TempoRequest request, Filter filter) {
    this.request = request;
    this.filter = filter;
  }

  /** The scopes that a request names: all if it names none, or {@code none}. */
  static List<Scope> scopes(String word) {
    return switch (word) {
      case "", "none" -> List.of(Scope.values());
      case "intrinsic", "trace" -> List.of();
      default -> {
        for (Scope scope : Scope.values()) {
          if (scope.word().equals(word)) {
            yield List.of(scope);
          }
        }
        throw RequestException.bad("invalid scope: " + word);
      }
    };
  }

  /** The names of one scope, sorted. */
  SortedSet<String> of(Scope scope, TempoTimes.Range range) {
    if (!filter.equals(Filter.ALL) && scope.all().isPresent()) {
      return scanned(scope.all().get(), range);
    }
    SortedSet<String> names =
        new TreeSet<>(
            request
                .records()
                .attributeKeys(
                    Signal.SPANS,
                    scope.column,
                    range.startNanos(),
                    range.endNanos(),
                    NAMES_MAX,
                    request.context()));
    if (!filter.equals(Filter.ALL)) {
      names.removeIf(name -> !isThere(new Field(scope.column, name), range));
    }
    return names;
  }

  private boolean isThere(Field field, TempoTimes.Range range) {
    return !request
        .records()
        .typedValues(
            Signal.SPANS, field, filter, range.startNanos(), range.endNanos(), 1, request.context())
        .isEmpty();
  }

  private SortedSet<String> scanned(Field attributes, TempoTimes.Range range) {
    RecordScan scan =
        new RecordScan(
            Signal.SPANS,
            range.startNanos(),
            range.endNanos(),
            filter,
            List.of(attributes),
            RecordScan.Order.NEWEST_FIRST,
            Integer.MAX_VALUE,
            true);
    SortedSet<String> names = new TreeSet<>();
    try (RecordCursor cursor = request.records().scan(scan, request.context())) {
      for (ColumnBatch batch = cursor.next(); batch != null; batch = cursor.next()) {
        request.context().check();
        collect(batch.attributes(0), batch.rows(), names);
      }
    }
    return names;
  }

  private static void collect(
      ColumnBatch.AttributesColumn column, int rows, SortedSet<String> into) {
    AttributeColumns attributes = column.attributes();
    boolean[] seen = new boolean[attributes.keys().size()];
    int last = -1;
    for (int i = 0; i < rows && into.size() < NAMES_MAX; i++) {
      int row = column.attributeRows()[i];
      if (row == last) {
        continue;
      }
      last = row;
      for (int entry = attributes.start(row); entry < attributes.end(row); entry++) {
        int key = attributes.keyId(entry);
        if (!seen[key]) {
          seen[key] = true;
          into.add(attributes.key(entry));
        }
      }
    }
  }
}
