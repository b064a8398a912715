package io.ghostworks.records;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.Signal;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.records.part.RecordPart;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One delete of log records or spans: hides a tenant's rows that fulfil a filter, in a range of
 * time (of a span its start), in rows of earlier frames of the journal; rows that come later are
 * seen, also those of the range.
 *
 * <pre>
 * delete := sequence:varint tenant:string query:string startMs:i64 endMs:i64 createdMs:i64 state:u8 filter
 * state  := 0 received, 1 processed, both of log records; 2 received, 3 processed, both of spans
 * </pre>
 *
 * @param signal what it hides
 * @param sequence of its frame
 * @param query as it was asked for
 * @param startMs since the epoch, inclusive
 * @param endMs since the epoch, inclusive
 * @param createdMs when it was asked for
 */
public record RecordDelete(
    Signal signal,
    long sequence,
    TenantId tenant,
    String query,
    Filter filter,
    long startMs,
    long endMs,
    long createdMs,
    State state) {

  private static final long NANOS_PER_MS = 1_000_000;
  private static final int OF_SPANS = 2;

  /** How far it is. */
  public enum State {
    /** The records are hidden; some may still be on disk. */
    RECEIVED,
    /** The records are gone. */
    PROCESSED
  }

  /** Its name in the API. */
  public String id() {
    return "%08x".formatted(sequence);
  }

  RecordDelete processed() {
    return new RecordDelete(
        signal, sequence, tenant, query, filter, startMs, endMs, createdMs, State.PROCESSED);
  }

  /** The first time that it hides. */
  long startNanos() {
    return startMs * NANOS_PER_MS;
  }

  /** The time behind the last one that it hides. */
  long endNanos() {
    return endMs * NANOS_PER_MS + 1;
  }

  /** Whether a block of a part can have rows that it hides, as far as the index of traces tells. */
  boolean mayHide(RecordPart<?> part, int block) {
    Set<TraceKey> ids = traces(filter);
    if (ids == null) {
      return true;
    }
    for (TraceKey id : ids) {
      for (int each : part.blocksOfTrace(id.high(), id.low())) {
        if (each == block) {
          return true;
        }
      }
    }
    return false;
  }

  /** The traces of which all that it hides is; null if it is about others too. */
  private static @Nullable Set<TraceKey> traces(Filter filter) {
    if (filter instanceof Filter.And and) {
      return and.parts().stream()
          .map(RecordDelete::traces)
          .filter(Objects::nonNull)
          .findFirst()
          .orElse(null);
    }
    return filter instanceof Filter.Traces traces ? traces.ids() : null;
  }

  /** Whether rows of a stream can be among those that it hides. */
  boolean mayHide(Labels stream) {
    return mayFulfil(filter, stream);
  }

  private static boolean mayFulfil(Filter filter, Labels stream) {
    return switch (filter) {
      case Filter.And and -> and.parts().stream().allMatch(part -> mayFulfil(part, stream));
      case Filter.Or or -> or.parts().stream().anyMatch(part -> mayFulfil(part, stream));
      case Filter.Stream selector ->
          selector.matchers().stream()
              .allMatch(matcher -> matcher.matches(stream.get(matcher.label())));
      default -> true;
    };
  }

  /** Whether it is about times between these, both inclusive. */
  boolean overlaps(long minTimeNanos, long maxTimeNanos) {
    return startMs * NANOS_PER_MS <= maxTimeNanos && endMs * NANOS_PER_MS >= minTimeNanos;
  }

  /** The rows that it hides, among those of earlier frames. */
  Filter hidden() {
    return new Filter.And(
        List.of(
            new Filter.Compare(
                Field.TIME,
                Filter.Operator.GREATER_OR_EQUAL,
                new Filter.Literal.Whole(startMs * NANOS_PER_MS)),
            new Filter.Compare(
                Field.TIME,
                Filter.Operator.LESS_OR_EQUAL,
                new Filter.Literal.Whole(endMs * NANOS_PER_MS)),
            filter));
  }

  void put(BytesOutput out) {
    out.putVarint(sequence);
    out.putString(tenant.value());
    out.putString(query);
    out.putLong(startMs);
    out.putLong(endMs);
    out.putLong(createdMs);
    out.putByte(
        (state == State.RECEIVED ? 0 : 1)
            + switch (signal) {
              case LOGS -> 0;
              case SPANS -> OF_SPANS;
            });
    FilterCodec.put(out, filter);
  }

  static RecordDelete get(BytesInput in) throws DamagedDataException {
    long sequence = in.getVarint();
    TenantId tenant = new TenantId(in.getString());
    String query = in.getString();
    long startMs = in.getLong();
    long endMs = in.getLong();
    long createdMs = in.getLong();
    int state = in.getByte();
    if (state < 0 || state > OF_SPANS + 1) {
      throw new DamagedDataException("a delete's state must be 0 to 3, got " + state);
    }
    return new RecordDelete(
        state < OF_SPANS ? Signal.LOGS : Signal.SPANS,
        sequence,
        tenant,
        query,
        FilterCodec.get(in),
        startMs,
        endMs,
        createdMs,
        state % OF_SPANS == 0 ? State.RECEIVED : State.PROCESSED);
  }

  RecordDelete withSequence(long newSequence) {
    return new RecordDelete(
        signal, newSequence, tenant, query, filter, startMs, endMs, createdMs, state);
  }
}
