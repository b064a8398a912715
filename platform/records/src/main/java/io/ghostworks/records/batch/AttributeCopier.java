package io.ghostworks.records.batch;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.StringTable;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.ValueColumn;
import java.util.Arrays;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Copies attributes and slices from other batches into a batch with its own keys and arena. The
 * sources must not change meanwhile. Not thread-safe.
 */
public final class AttributeCopier {

  private final StringTable targetKeys;
  private final ByteArena targetArena;
  private @Nullable StringTable sourceKeys;
  private final IdentityHashMap<StringTable, int[]> known = new IdentityHashMap<>();
  private int[] keyIds = new int[0];

  public AttributeCopier(StringTable targetKeys, ByteArena targetArena) {
    this.targetKeys = targetKeys;
    this.targetArena = targetArena;
  }

  /** Adds the attributes of a row to the open row of the target. */
  public void copyRow(AttributeColumns source, int row, AttributeColumns target) {
    for (int entry = source.start(row), end = source.end(row); entry < end; entry++) {
      target.addKey(keyId(source.keys(), source.keyId(entry)));
      copyValue(source.values(), entry, target.values());
    }
  }

  public void copyValue(ValueColumn source, int index, ValueColumn target) {
    byte type = source.type(index);
    long payload = source.payload(index);
    target.add(type, ValueColumn.isSlice(type) ? copySlice(source.arena(), payload) : payload);
  }

  public long copySlice(ByteArena source, long slice) {
    return targetArena.append(source.array(), ByteArena.offset(slice), ByteArena.length(slice));
  }

  private static int[] unknown(StringTable keys) {
    int[] ids = new int[keys.size()];
    Arrays.fill(ids, -1);
    return ids;
  }

  private int keyId(StringTable keys, int id) {
    if (keys != sourceKeys) {
      sourceKeys = keys;
      keyIds = known.computeIfAbsent(keys, AttributeCopier::unknown);
    }
    if (keyIds[id] < 0) {
      long slice = keys.slice(id);
      keyIds[id] =
          targetKeys.intern(keys.arena().array(), ByteArena.offset(slice), ByteArena.length(slice));
    }
    return keyIds[id];
  }
}
