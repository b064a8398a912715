package io.ghostworks.records;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.List;

/**
 * One delete of log records: hides a tenant's records that fulfil a filter, in a range of time, in
 * rows of earlier frames of the journal; rows that come later are seen, also those of the range.
 *
 * <pre>
 * delete := sequence:varint tenant:string query:string startMs:i64 endMs:i64 createdMs:i64 state:u8 filter
 * state  := 0 received, 1 processed
 * </pre>
 *
 * @param sequence of its frame
 * @param query as it was asked for
 * @param startMs since the epoch, inclusive
 * @param endMs since the epoch, inclusive
 * @param createdMs when it was asked for
 */
public record LogDelete(
    long sequence,
    TenantId tenant,
    String query,
    Filter filter,
    long startMs,
    long endMs,
    long createdMs,
    State state) {

  private static final long NANOS_PER_MS = 1_000_000;

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

  LogDelete processed() {
    return new LogDelete(
        sequence, tenant, query, filter, startMs, endMs, createdMs, State.PROCESSED);
  }

  /** The first time that it hides. */
  long startNanos() {
    return startMs * NANOS_PER_MS;
  }

  /** The time behind the last one that it hides. */
  long endNanos() {
    return endMs * NANOS_PER_MS + 1;
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
    out.putByte(state == State.RECEIVED ? 0 : 1);
    FilterCodec.put(out, filter);
  }

  static LogDelete get(BytesInput in) throws DamagedDataException {
    long sequence = in.getVarint();
    TenantId tenant = new TenantId(in.getString());
    String query = in.getString();
    long startMs = in.getLong();
    long endMs = in.getLong();
    long createdMs = in.getLong();
    State state = in.getByte() == 0 ? State.RECEIVED : State.PROCESSED;
    return new LogDelete(
        sequence, tenant, query, FilterCodec.get(in), startMs, endMs, createdMs, state);
  }

  LogDelete withSequence(long newSequence) {
    return new LogDelete(newSequence, tenant, query, filter, startMs, endMs, createdMs, state);
  }
}
