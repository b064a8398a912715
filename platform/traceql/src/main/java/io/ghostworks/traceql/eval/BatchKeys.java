package io.ghostworks.traceql.eval;

import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.traceql.ast.Static;
import io.ghostworks.traceql.ast.Statics;
import io.ghostworks.traceql.trace.TraceSummary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A batch of spans with the ids that the keys of a query have in it. */
final class BatchKeys {
  private final SpanBatch batch;
  private final int[] ids;
  private final @Nullable String[] serviceNames;

  BatchKeys(SpanBatch batch, List<String> keys) {
    this.batch = batch;
    this.ids = keys.stream().mapToInt(batch.keys()::find).toArray();
    this.serviceNames = new @Nullable String[batch.resources().size()];
  }

  SpanBatch batch() {
    return batch;
  }

  String serviceName(int resource) {
    String name = serviceNames[resource];
    if (name == null) {
      name = TraceSummary.serviceName(batch, resource);
      serviceNames[resource] = name;
    }
    return name;
  }

  /** The value of the query's key with a number in a row of attributes. */
  Static value(AttributeColumns attributes, int row, int key) {
    if (ids[key] < 0) {
      return Statics.NIL;
    }
    int entry = attributes.find(row, ids[key]);
    return entry < 0 ? Statics.NIL : StoredValues.of(attributes.values(), entry);
  }
}
