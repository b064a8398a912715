package io.ghostworks.records;

import io.ghostworks.model.TenantId;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;

/**
 * Frames of the records engine in its journal: the rows of one batch that have one retention class.
 *
 * <pre>
 * frame := kind:u8 (1 log records, 2 spans) tenant:string retentionClass:u8 batch   // batch as BatchSchema.encode puts it
 * </pre>
 *
 * Frames define nothing for others: each stands alone.
 */
final class Frames {

  static final int LOGS = 1;
  static final int SPANS = 2;
  private static final int ENCODED_BYTES_MAX = 1 << 30;
  private static final int INITIAL_BYTES = 4096;

  private Frames() {}

  /** What stands before the batch. */
  record Header(int kind, TenantId tenant, RetentionClass retention) {}

  static <B> BytesOutput encode(
      SignalStore<B> store, TenantId tenant, RetentionClass retention, B batch) {
    BytesOutput out = new BytesOutput(INITIAL_BYTES, ENCODED_BYTES_MAX);
    out.putByte(store.frameKind());
    out.putString(tenant.value());
    out.putByte(retention.code());
    store.schema().encode(batch, out);
    return out;
  }

  /** Reads the header; the batch follows. */
  static Header header(BytesInput in) throws DamagedDataException {
    int kind = in.getByte();
    if (kind != LOGS && kind != SPANS) {
      throw new DamagedDataException("a frame's kind must be 1 or 2, got %d".formatted(kind));
    }
    return new Header(kind, new TenantId(in.getString()), RetentionClass.of(in.getByte()));
  }
}
