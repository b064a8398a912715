package io.ghostworks.logql.script;

import io.ghostworks.model.label.Labels;
import io.ghostworks.query.record.RecordSource;

/** Records in memory for tests of other packages. */
public final class ScriptLogs {
  private final ScriptRecords records = new ScriptRecords();

  public void add(Labels stream, long timeNanos, String line, Labels metadata) {
    records.add(new ScriptCommand.ScriptEntry(stream, timeNanos, line, metadata), 0);
  }

  public RecordSource source() {
    return records;
  }
}
