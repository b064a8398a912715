package io.ghostworks.scrape;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A client that answers every fetch with the same prepared body or failure, and remembers what was
 * asked.
 */
final class FakeTarget implements ScrapeClient {
  private String body = "";
  private String contentType = "text/plain; version=0.0.4";
  private String failure = "";
  final List<String> urls = new ArrayList<>();
  boolean closed;

  FakeTarget answers(String newBody) {
    body = newBody;
    failure = "";
    return this;
  }

  FakeTarget answersOpenMetrics(String newBody) {
    contentType = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    return answers(newBody);
  }

  FakeTarget fails(String reason) {
    failure = reason;
    return this;
  }

  @Override
  public Exposition fetch(String url, Duration timeout, long bodyMax) throws ScrapeException {
    urls.add(url);
    if (!failure.isEmpty()) {
      throw new ScrapeException(failure);
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    if (bytes.length >= bodyMax) {
      throw ScrapeException.bodyTooLarge(new IllegalStateException("too large"));
    }
    return new Exposition(bytes, contentType);
  }

  @Override
  public void close() {
    closed = true;
  }
}
