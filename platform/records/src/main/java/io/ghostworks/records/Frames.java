package io.ghostworks.records;

import io.ghostworks.model.TenantId;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;

/**
 * Frames of the records engine in its journal: the rows of one batch that have one retention class,
 * deletes, and what becomes of kept traces. The origin says by whose sink they came, so that a tail
 * can give those alone.
 *
 * <pre>
 * frame := kind:u8 tenant:string class origin batch               // class as in {@link RetentionClass}, batch as BatchSchema.encode puts it
 *        | 5 delete                                               // as in {@link RecordDelete}; its sequence is the frame's
 *        | 6 tenant:string sequence:varint                        // cancels a delete
 *        | 7 kept                                                 // keeps a trace; as in {@link KeptTrace}
 *        | 8 tenant:string high:u64 low:u64                       // gives a kept trace up
 * kind  := 1 log records, 2 spans, both without an origin; 3 log records, 4 spans, both with one
 * origin := string where the kind has one, else nothing
 * </pre>
 *
 * Frames define nothing for others: each stands alone.
 */
final class Frames {

  static final int LOGS = 1;
  static final int SPANS = 2;
  private static final int WITH_ORIGIN = 2;
  private static final int DELETE = 5;
  private static final int CANCEL = 6;
  private static final int KEEP = 7;
  private static final int UNKEEP = 8;

  /** The origin of rows that are stored once more; they are no sender's. */
  static final String COPIES = "ghostworks/kept";

  private static final int ENCODED_BYTES_MAX = 1 << 30;
  private static final int INITIAL_BYTES = 4096;

  private Frames() {}

  /** What stands before the batch. */
  record Header(int kind, TenantId tenant, RetentionClass retention, String origin) {}

  static <B> BytesOutput encode(
      SignalStore<B> store, TenantId tenant, RetentionClass retention, String origin, B batch) {
    BytesOutput out = new BytesOutput(INITIAL_BYTES, ENCODED_BYTES_MAX);
    out.putByte(store.frameKind() + (origin.isEmpty() ? 0 : WITH_ORIGIN));
    out.putString(tenant.value());
    retention.put(out);
    if (!origin.isEmpty()) {
      out.putString(origin);
    }
    store.schema().encode(batch, out);
    return out;
  }

  static BytesOutput delete(RecordDelete delete) {
    BytesOutput out = new BytesOutput(INITIAL_BYTES, ENCODED_BYTES_MAX);
    out.putByte(DELETE);
    delete.put(out);
    return out;
  }

  static BytesOutput cancel(TenantId tenant, long cancelledSequence) {
    BytesOutput out = new BytesOutput(INITIAL_BYTES, ENCODED_BYTES_MAX);
    out.putByte(CANCEL);
    out.putString(tenant.value());
    out.putVarint(cancelledSequence);
    return out;
  }

  static BytesOutput keep(KeptTrace trace) {
    BytesOutput out = new BytesOutput(INITIAL_BYTES, ENCODED_BYTES_MAX);
    out.putByte(KEEP);
    trace.put(out);
    return out;
  }

  static BytesOutput unkeep(TenantId tenant, TraceKey id) {
    BytesOutput out = new BytesOutput(INITIAL_BYTES, ENCODED_BYTES_MAX);
    out.putByte(UNKEEP);
    out.putString(tenant.value());
    out.putLong(id.high());
    out.putLong(id.low());
    return out;
  }

  /** Whether the frame that begins here has no rows. */
  static boolean isWithoutRows(BytesInput in) {
    int kind = in.remaining() > 0 ? in.array()[in.arrayOffset()] & 0xff : 0;
    return kind >= DELETE && kind <= UNKEEP;
  }

  /** Does again what a frame without rows did. */
  static void replayWithoutRows(long sequence, BytesInput in, LiveRecords live)
      throws DamagedDataException {
    switch (in.getByte()) {
      case DELETE -> live.delete(RecordDelete.get(in).withSequence(sequence));
      case CANCEL -> {
        TenantId tenant = new TenantId(in.getString());
        live.cancel(tenant, in.getVarint(), sequence);
      }
      case KEEP -> live.keep(KeptTrace.get(in), sequence);
      default -> {
        TenantId tenant = new TenantId(in.getString());
        live.unkeep(tenant, new TraceKey(in.getLong(), in.getLong()), sequence);
      }
    }
  }

  /** Reads the header of a frame with rows; the batch follows. */
  static Header header(BytesInput in) throws DamagedDataException {
    int code = in.getByte();
    if (code < LOGS || code > SPANS + WITH_ORIGIN) {
      throw new DamagedDataException("a frame's kind must be 1 to 4, got %d".formatted(code));
    }
    boolean hasOrigin = code > SPANS;
    return new Header(
        hasOrigin ? code - WITH_ORIGIN : code,
        new TenantId(in.getString()),
        RetentionClass.get(in),
        hasOrigin ? in.getString() : "");
  }
}
