package io.ghostworks.server.wiring;

import io.ghostworks.collector.ExportPositions;
import io.ghostworks.state.State;
import java.util.Map;

/** The positions of exporters, in the state. */
record StoredPositions(State state) implements ExportPositions {

  @Override
  public Map<String, Long> load() {
    return state.transaction(tables -> tables.readerPositions().all());
  }

  @Override
  public void save(String reader, long position) {
    state.write(tables -> tables.readerPositions().put(reader, position));
  }

  @Override
  public void forget(String reader) {
    state.write(tables -> tables.readerPositions().remove(reader));
  }
}
