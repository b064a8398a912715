package io.ghostworks.scrape;

import io.ghostworks.model.metric.MetricMetadata;
import io.ghostworks.model.metric.MetricType;
import io.ghostworks.wire.exposition.ExpositionParser;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a target says about its metric families. Read whenever series are new and every few scrapes
 * besides, as texts seldom change and reading them allocates. Written by the scrape, read by any
 * thread.
 */
final class TargetMetadata {
  private static final int FAMILIES_MAX = 100_000;
  private static final MetricMetadata NOTHING = new MetricMetadata(MetricType.UNKNOWN, "", "");

  /** Prometheus keeps what a target said of a family for ten scrapes after it is gone. */
  private static final int SCRAPES_KEPT = 10;

  private final Map<String, MetricMetadata> families = new ConcurrentHashMap<>();
  private final Map<String, Integer> lastRead = new HashMap<>();
  private int scrapes;

  /** By family name; changes as scrapes go on. */
  Map<String, MetricMetadata> families() {
    return Map.copyOf(families);
  }

  /**
   * Ends a scrape whose body was read whole.
   *
   * @param wasRead whether its metadata was read
   */
  void endScrape(boolean wasRead) {
    scrapes++;
    if (wasRead) {
      lastRead
          .entrySet()
          .removeIf(read -> {
            boolean gone = scrapes - read.getValue() > SCRAPES_KEPT;
            if (gone) {
              families.remove(read.getKey());
            }
            return gone;
          });
    }
  }

  /**
   * Takes the metadata entry at which the parser stands, and adds it to {@code rows} where it is
   * news.
   */
  void read(ExpositionParser.Entry entry, ExpositionParser parser, ScrapedRows rows) {
    String family = parser.family();
    MetricMetadata before = families.getOrDefault(family, NOTHING);
    MetricMetadata now =
        switch (entry) {
          case TYPE -> new MetricMetadata(parser.type(), before.help(), before.unit());
          case HELP -> new MetricMetadata(before.type(), parser.help(), before.unit());
          case UNIT -> new MetricMetadata(before.type(), before.help(), parser.unit());
          case SERIES, END -> before;
        };
    boolean room = families.size() < FAMILIES_MAX || families.containsKey(family);
    if (room) {
      lastRead.put(family, scrapes + 1);
    }
    if (room && !now.equals(families.get(family))) {
      families.put(family, now);
      rows.addMetadata(family, now);
    }
  }
}
