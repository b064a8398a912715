package io.ghostworks.state;

import java.util.Map;

/** Where readers of the journals stand that go on after a restart. */
public interface ReaderPositions {

  /** All positions, by reader. */
  Map<String, Long> all();

  /** Stores a reader's position in the place of the one before. */
  void put(String reader, long position);

  void remove(String reader);
}
