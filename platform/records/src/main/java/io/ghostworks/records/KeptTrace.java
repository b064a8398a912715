package io.ghostworks.records;

import io.ghostworks.model.TenantId;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;

/**
 * A trace that is kept beyond its retention, with the log records that name it.
 *
 * <pre>
 * kept := tenant:string high:u64 low:u64 keptMs:i64 settled:u8
 * </pre>
 *
 * @param keptMs when somebody asked for it, since the epoch
 * @param settled whether its rows were copied after all that arrived before it was asked for
 */
public record KeptTrace(TenantId tenant, TraceKey id, long keptMs, boolean settled) {

  KeptTrace asSettled() {
    return new KeptTrace(tenant, id, keptMs, true);
  }

  void put(BytesOutput out) {
    out.putString(tenant.value());
    out.putLong(id.high());
    out.putLong(id.low());
    out.putLong(keptMs);
    out.putByte(settled ? 1 : 0);
  }

  static KeptTrace get(BytesInput in) throws DamagedDataException {
    return new KeptTrace(
        new TenantId(in.getString()),
        new TraceKey(in.getLong(), in.getLong()),
        in.getLong(),
        in.getByte() != 0);
  }
}
