package io.ghostworks.state;

import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

final class SqliteReaderPositions implements ReaderPositions {

  private final Handle handle;

  SqliteReaderPositions(Handle handle) {
    this.handle = handle;
  }

  @Override
  public Map<String, Long> all() {
    return handle
        .select("SELECT reader, position FROM reader_position")
        .map((row, context) -> Map.entry(row.getString("reader"), row.getLong("position")))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @Override
  public void put(String reader, long position) {
    handle.execute(
        "INSERT OR REPLACE INTO reader_position (reader, position) VALUES (?, ?)",
        reader,
        position);
  }

  @Override
  public void remove(String reader) {
    handle.execute("DELETE FROM reader_position WHERE reader = ?", reader);
  }
}
