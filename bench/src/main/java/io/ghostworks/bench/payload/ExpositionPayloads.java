package io.ghostworks.bench.payload;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** What a target answers to a scrape: one counter family of many series with four labels. */
public final class ExpositionPayloads {

  private final Random random;

  public ExpositionPayloads(long seed) {
    this.random = new Random(seed);
  }

  /** Prometheus's text format. */
  public byte[] text(int samples) {
    return family("bench_requests_total", samples, "");
  }

  /** OpenMetrics, whose families of counters are named without the suffix. */
  public byte[] openMetrics(int samples) {
    return family("bench_requests", samples, "# EOF\n");
  }

  private byte[] family(String family, int samples, String end) {
    StringBuilder text = new StringBuilder(samples * 110);
    text.append("# HELP ").append(family).append(" Requests that were answered.\n");
    text.append("# TYPE ").append(family).append(" counter\n");
    for (int i = 0; i < samples; i++) {
      text.append("bench_requests_total{instance=\"host-")
          .append(i % 100)
          .append(":9100\",method=\"")
          .append(i % 2 == 0 ? "GET" : "POST")
          .append("\",path=\"/api/v1/resource/")
          .append(i / 100)
          .append("\",status=\"200\"} ")
          .append(random.nextInt(1_000_000))
          .append('\n');
    }
    return text.append(end).toString().getBytes(StandardCharsets.UTF_8);
  }
}
