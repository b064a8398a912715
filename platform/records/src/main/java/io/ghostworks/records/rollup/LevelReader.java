package io.ghostworks.records.rollup;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.StringTable;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.DetectedLevel;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.RecordLevel;
import io.ghostworks.model.record.ValueColumn;

/**
 * The levels of a batch's records as {@link RecordLevel} tells them, as numbers of a table; "" for
 * a record of which no level was to be looked for.
 */
public final class LevelReader {

  private final LogBatch batch;
  private final StringTable levels;
  private final int detectedKey;

  /**
   * @param levels shared by all readers whose numbers are compared
   */
  public LevelReader(LogBatch batch, StringTable levels) {
    this.batch = batch;
    this.levels = levels;
    this.detectedKey = batch.keys().find(DetectedLevel.NAME);
  }

  public int level(int row) {
    if (detectedKey >= 0) {
      AttributeColumns attributes = batch.attributes();
      ValueColumn values = attributes.values();
      for (int entry = attributes.start(row), end = attributes.end(row); entry < end; entry++) {
        if (attributes.keyId(entry) == detectedKey && values.type(entry) == ValueColumn.STRING) {
          long slice = values.payload(entry);
          if (ByteArena.length(slice) > 0) {
            return levels.intern(
                batch.arena().array(), ByteArena.offset(slice), ByteArena.length(slice));
          }
          break;
        }
      }
    }
    if ((batch.flags(row) & LogBatch.NO_LEVEL) != 0) {
      return levels.intern("");
    }
    return levels.intern(
        RecordLevel.of(
            batch.attributes(),
            row,
            batch.severityNumber(row),
            batch.arena().text(batch.severityText(row))));
  }
}
