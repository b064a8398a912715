package io.ghostworks.records;

import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The blocks of parts that a query could not read, each logged and counted once, however often it
 * is met. Thread-safe.
 */
final class DamagedBlocks {

  private static final Logger log = LoggerFactory.getLogger(DamagedBlocks.class);

  /** Beyond so many it is plain that the disk is gone. */
  private static final int BLOCKS_MAX = 10_000;

  private final Set<String> blocks = ConcurrentHashMap.newKeySet();

  void found(String part, int block, UncheckedIOException cause) {
    if (blocks.size() < BLOCKS_MAX && blocks.add(part + '#' + block)) {
      log.error("a block of records cannot be read; queries that need it fail", cause);
    }
  }

  int count() {
    return blocks.size();
  }
}
