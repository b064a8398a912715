package io.ghostworks.server.alerts;

import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.ConfigNode.Entry;
import io.ghostworks.config.ConfigNode.ListNode;
import io.ghostworks.config.ConfigNode.MapNode;
import io.ghostworks.config.ConfigNode.ScalarNode;

/** Sees to it that a configuration of a request names no files of this machine. */
final class WithoutFiles {

  private WithoutFiles() {}

  /**
   * @throws IllegalArgumentException if a key names files
   */
  static void check(ConfigNode node) {
    switch (node) {
      case MapNode map -> map.entries().forEach(WithoutFiles::check);
      case ListNode list -> list.items().forEach(WithoutFiles::check);
      case ScalarNode ignored -> {
        // It names a file only by its key.
      }
    }
  }

  private static void check(Entry entry) {
    String key = entry.key().text();
    boolean names = key.endsWith("_file") || key.equals("files") || key.equals("templates");
    boolean empty =
        entry.value().isNull()
            || (entry.value() instanceof ListNode list && list.items().isEmpty());
    if (names && !empty) {
      throw new IllegalArgumentException(
          "a configuration of a request may not name files, got '%s' (%s)"
              .formatted(entry.key().keyPath(), entry.key().position()));
    }
    check(entry.value());
  }
}
