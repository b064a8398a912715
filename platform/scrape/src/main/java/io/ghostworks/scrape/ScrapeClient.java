package io.ghostworks.scrape;

import java.time.Duration;

/** Fetches expositions for the targets of one job. Safe for use from several threads. */
interface ScrapeClient extends AutoCloseable {

  /**
   * Fetches {@code url} into {@code body}, uncompressed. Blocks; meant for virtual threads.
   *
   * @param timeout for everything from connecting to the last byte
   * @param bodyMax a body of this many bytes or more is refused
   * @return the answer's Content-Type, empty where it has none
   * @throws ScrapeException where there is no answer in time, or none with status 200
   */
  String fetch(String url, Duration timeout, long bodyMax, BodyBuffer body)
      throws ScrapeException, InterruptedException;

  @Override
  void close();
}
