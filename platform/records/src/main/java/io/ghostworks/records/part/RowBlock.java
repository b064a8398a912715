package io.ghostworks.records.part;

import io.ghostworks.records.batch.BatchSchema;
import io.ghostworks.records.batch.Columns;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.DamagedDataException;
import io.ghostworks.storage.bytes.ZstdFrames;
import io.ghostworks.storage.part.BlockFraming;
import io.ghostworks.storage.part.PartReader;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads blocks of version 1, whose rows are stored together. */
final class RowBlock {

  private RowBlock() {}

  static <B> B read(PartReader reader, BlockEntry entry, BatchSchema<B> schema, Columns columns)
      throws IOException {
    byte[] framed = new byte[entry.lengthBytes()];
    reader.read("blocks", entry.offset(), ByteBuffer.wrap(framed));
    BytesInput content = new BytesInput(framed);
    new BlockFraming().get(new BytesInput(framed), content);
    byte[] raw =
        ZstdFrames.unpack(
            content.array(), content.arrayOffset(), content.remaining(), entry.rawBytes());
    B batch = schema.decode(new BytesInput(raw), columns);
    if (schema.rows(batch) != entry.rows()) {
      throw new DamagedDataException(
          "a block must have %d rows, got %d".formatted(entry.rows(), schema.rows(batch)));
    }
    return batch;
  }
}
