package io.ghostworks.scrape;

import java.time.Duration;

/** Fetches expositions for the targets of one job. Safe for use from several threads. */
interface ScrapeClient extends AutoCloseable {

  /**
   * Fetches {@code url}. Blocks; meant for virtual threads.
   *
   * @param timeout for everything from connecting to the last byte
   * @param bodyMax a decoded body of this many bytes or more is refused
   * @throws ScrapeException where there is no answer in time, or none with status 200
   */
  Exposition fetch(String url, Duration timeout, long bodyMax)
      throws ScrapeException, InterruptedException;

  @Override
  void close();
}
