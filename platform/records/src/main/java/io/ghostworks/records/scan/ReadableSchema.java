package io.ghostworks.records.scan;

import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.records.batch.BatchSchema;
import io.ghostworks.records.batch.LogSchema;
import io.ghostworks.records.batch.SpanSchema;

/**
 * A schema with what a scan needs: readers of its fields.
 *
 * @param <B> the batch
 */
public abstract sealed class ReadableSchema<B> {

  private final BatchSchema<B> schema;

  private ReadableSchema(BatchSchema<B> schema) {
    this.schema = schema;
  }

  /** Log records. */
  public static ReadableSchema<LogBatch> logs() {
    return new Logs();
  }

  /** Spans. */
  public static ReadableSchema<SpanBatch> spans() {
    return new Spans();
  }

  public BatchSchema<B> schema() {
    return schema;
  }

  TraceKey trace(B batch, int row) {
    return new TraceKey(schema.traceIdHigh(batch, row), schema.traceIdLow(batch, row));
  }

  abstract FieldReader reader(Field field, B batch);

  abstract BatchFilter bind(Filter filter, B batch);

  private static final class Logs extends ReadableSchema<LogBatch> {
    Logs() {
      super(new LogSchema());
    }

    @Override
    FieldReader reader(Field field, LogBatch batch) {
      return FieldReaders.of(field, batch);
    }

    @Override
    BatchFilter bind(Filter filter, LogBatch batch) {
      return new FilterBinding(
              field -> FieldReaders.of(field, batch), row -> trace(batch, row), batch)
          .bind(filter);
    }
  }

  private static final class Spans extends ReadableSchema<SpanBatch> {
    Spans() {
      super(new SpanSchema());
    }

    @Override
    FieldReader reader(Field field, SpanBatch batch) {
      return FieldReaders.of(field, batch);
    }

    @Override
    BatchFilter bind(Filter filter, SpanBatch batch) {
      return new FilterBinding(
              field -> FieldReaders.of(field, batch), row -> trace(batch, row), null)
          .bind(filter);
    }
  }
}
