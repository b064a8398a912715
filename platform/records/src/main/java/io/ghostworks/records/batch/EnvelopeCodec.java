package io.ghostworks.records.batch;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.ResourceTable;
import io.ghostworks.model.record.ScopeTable;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;

/**
 * Resources and scopes of a batch.
 *
 * <pre>
 * resources := count:varint attributes(count) schemaUrls:slices droppedAttributes:ints
 * scopes    := count:varint attributes(count) names:slices versions:slices schemaUrls:slices droppedAttributes:ints
 * </pre>
 */
final class EnvelopeCodec {

  private EnvelopeCodec() {}

  static void putResources(BytesOutput out, ResourceTable table, ByteArena arena) {
    int count = table.size();
    out.putVarint(count);
    ValueCodec.putAttributes(out, table.attributes());
    ValueCodec.putSlices(out, count, arena, table::schemaUrl);
    ValueCodec.putInts(out, count, table::droppedAttributesCount);
  }

  static void putScopes(BytesOutput out, ScopeTable table, ByteArena arena) {
    int count = table.size();
    out.putVarint(count);
    ValueCodec.putAttributes(out, table.attributes());
    ValueCodec.putSlices(out, count, arena, table::name);
    ValueCodec.putSlices(out, count, arena, table::version);
    ValueCodec.putSlices(out, count, arena, table::schemaUrl);
    ValueCodec.putInts(out, count, table::droppedAttributesCount);
  }

  static void resources(BytesInput in, ResourceTable table, ByteArena arena)
      throws DamagedDataException {
    int count = in.getVarint(in.remaining());
    AttributeColumns attributes = new AttributeColumns(table.attributes().keys(), arena);
    ValueCodec.attributes(in, count, attributes);
    long[] schemaUrls = ValueCodec.slices(in, count, arena);
    int[] dropped = ValueCodec.ints(in, count);
    for (int i = 0; i < count; i++) {
      ValueCodec.moveRow(attributes, i, table.attributes());
      table.end(schemaUrls[i], dropped[i]);
    }
  }

  static void scopes(BytesInput in, ScopeTable table, ByteArena arena) throws DamagedDataException {
    int count = in.getVarint(in.remaining());
    AttributeColumns attributes = new AttributeColumns(table.attributes().keys(), arena);
    ValueCodec.attributes(in, count, attributes);
    long[] names = ValueCodec.slices(in, count, arena);
    long[] versions = ValueCodec.slices(in, count, arena);
    long[] schemaUrls = ValueCodec.slices(in, count, arena);
    int[] dropped = ValueCodec.ints(in, count);
    for (int i = 0; i < count; i++) {
      ValueCodec.moveRow(attributes, i, table.attributes());
      table.end(names[i], versions[i], schemaUrls[i], dropped[i]);
    }
  }
}
