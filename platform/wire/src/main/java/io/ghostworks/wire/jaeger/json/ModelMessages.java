package io.ghostworks.wire.jaeger.json;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.wire.proto.ProtoWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes one trace as messages of Jaeger's model, {@code SpansResponseChunk} of {@code
 * jaeger.api_v2}: a few spans each, every span with its process. Times are exact to the nanosecond.
 * Used by one thread.
 *
 * <p>Source: jaegertracing/jaeger-idl proto/api_v2/model.proto and query.proto;
 * opentelemetry-collector-contrib pkg/translator/jaeger.
 */
public final class ModelMessages {

  /** So many spans Jaeger sends in one message. */
  public static final int SPANS_PER_CHUNK = 10;

  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final int FOLLOWS_FROM = 1;

  private final TraceAdjustment adjusted;
  private final ProtoWriter out = new ProtoWriter(4096);
  private final ProtoTags written = new ProtoTags();
  private SpanBatch batch = new SpanBatch();
  private ModelTags tags;

  /**
   * @param adjusted with the ids of the whole trace
   */
  public ModelMessages(TraceAdjustment adjusted) {
    this.adjusted = adjusted;
    this.tags = new ModelTags(batch, adjusted.raw(), written);
  }

  /** The message of the next spans of the trace, at most {@link #SPANS_PER_CHUNK}. */
  public byte[] message(SpanBatch spans, int from, int to) {
    if (batch != spans) {
      batch = spans;
      tags = new ModelTags(spans, adjusted.raw(), written);
    }
    out.truncate(0);
    try {
      for (int row = from; row < to; row++) {
        adjusted.turnTo(spans, row);
        span(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("protobuf cannot be written to memory", e);
    }
    return out.toByteArray();
  }

  private void span(int row) throws IOException {
    int span = out.begin(1);
    ids(batch.traceIdHigh(row), batch.traceIdLow(row), adjusted.id());
    out.text(3, batch.arena().text(batch.name(row)));
    for (ModelReferences.Reference reference :
        ModelReferences.of(batch, row, adjusted.parent(), adjusted.raw())) {
      int start = out.begin(4);
      ids(reference.traceHigh(), reference.traceLow(), reference.spanId());
      out.uint(3, reference.childOf() ? 0 : FOLLOWS_FROM);
      out.end(start);
    }
    time(6, batch.startNanos(row));
    time(7, Math.max(0, batch.endNanos(row) - batch.startNanos(row)));
    written.field = 8;
    tags.ofSpan(row);
    for (int event = batch.eventStart(row); event < batch.eventEnd(row); event++) {
      int log = out.begin(9);
      time(1, batch.events().timeNanos(event));
      written.field = 2;
      tags.ofEvent(event);
      out.end(log);
    }
    process(batch.resource(row));
    List<String> warnings = new ArrayList<>(StoredWarnings.of(batch, row));
    warnings.addAll(adjusted.warnings());
    warnings.forEach(warning -> out.text(12, warning));
    out.end(span);
  }

  private void ids(long traceHigh, long traceLow, long span) {
    byte[] bytes =
        ByteBuffer.allocate(24).putLong(traceHigh).putLong(traceLow).putLong(span).array();
    out.bytes(1, bytes, 0, 16);
    out.bytes(2, bytes, 16, 8);
  }

  /** A {@code Timestamp} or a {@code Duration}. */
  private void time(int field, long nanos) {
    int time = out.begin(field);
    out.uint(1, Long.divideUnsigned(nanos, NANOS_PER_SECOND));
    out.uint(2, Long.remainderUnsigned(nanos, NANOS_PER_SECOND));
    out.end(time);
  }

  private void process(int resource) throws IOException {
    String service = batch.resources().attributes().findString(resource, ModelTags.SERVICE_NAME);
    int process = out.begin(10);
    out.text(1, JaegerNames.service(service == null ? "" : service));
    written.field = 2;
    tags.ofResource(resource);
    out.end(process);
  }

  /** Writes tags as {@code KeyValue} into a field of the open message. */
  private final class ProtoTags implements ModelTags.Sink {
    private static final int BOOL = 1;
    private static final int INT64 = 2;
    private static final int FLOAT64 = 3;
    private static final int BINARY = 4;

    private int field;

    @Override
    public void text(String key, String value) {
      int tag = out.begin(field);
      out.text(1, key);
      out.text(3, value);
      out.end(tag);
    }

    @Override
    public void truth(String key, boolean value) {
      int tag = begin(key, BOOL);
      out.uint(4, value ? 1 : 0);
      out.end(tag);
    }

    @Override
    public void whole(String key, long value) {
      int tag = begin(key, INT64);
      out.uint(5, value);
      out.end(tag);
    }

    @Override
    public void real(String key, double value) {
      int tag = begin(key, FLOAT64);
      out.float64Always(6, value);
      out.end(tag);
    }

    @Override
    public void binary(String key, ByteArena arena, long slice) {
      int tag = begin(key, BINARY);
      out.bytes(7, arena.array(), ByteArena.offset(slice), ByteArena.length(slice));
      out.end(tag);
    }

    private int begin(String key, int type) {
      int tag = out.begin(field);
      out.text(1, key);
      out.uint(2, type);
      return tag;
    }
  }
}
