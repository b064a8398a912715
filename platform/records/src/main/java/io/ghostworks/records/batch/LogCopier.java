package io.ghostworks.records.batch;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.LogBatch;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

final class LogCopier implements RowCopier<LogBatch> {

  private final LogBatch target = new LogBatch();
  private final AttributeCopier attributes = new AttributeCopier(target.keys(), target.arena());
  private final EnvelopeCopier envelopes =
      new EnvelopeCopier(attributes, target.resources(), target.scopes());
  private final Map<ByteBuffer, Integer> streams = new HashMap<>();
  private @Nullable LogBatch current;
  private final IdentityHashMap<LogBatch, int[]> knownStreams = new IdentityHashMap<>();
  private int[] streamNumbers = new int[0];

  @Override
  public void copy(LogBatch source, int row) {
    if (source != current) {
      current = source;
      envelopes.source(source, source.resources().size(), source.scopes().size());
      streamNumbers =
          knownStreams.computeIfAbsent(source, batch -> unknown(batch.streams().size()));
    }
    ByteArena arena = source.arena();
    attributes.copyValue(source.body(), row, target.body());
    attributes.copyRow(source.attributes(), row, target.attributes());
    target.endRow(
        envelopes.resource(source.resources(), arena, source.resource(row)),
        envelopes.scope(source.scopes(), arena, source.scope(row)),
        stream(source, source.stream(row)),
        source.timeNanos(row),
        source.observedNanos(row),
        source.severityNumber(row),
        attributes.copySlice(arena, source.severityText(row)),
        attributes.copySlice(arena, source.eventName(row)),
        source.traceIdHigh(row),
        source.traceIdLow(row),
        source.spanId(row),
        source.flags(row),
        source.droppedAttributesCount(row));
  }

  @Override
  public LogBatch batch() {
    return target;
  }

  private static int[] unknown(int count) {
    int[] numbers = new int[count];
    Arrays.fill(numbers, -1);
    return numbers;
  }

  private int stream(LogBatch source, int number) {
    if (streamNumbers[number] < 0) {
      byte[] packed = source.streams().arena().copy(source.streams().slice(number));
      streamNumbers[number] =
          streams.computeIfAbsent(
              ByteBuffer.wrap(packed), key -> target.streams().addPacked(packed, 0, packed.length));
    }
    return streamNumbers[number];
  }
}
