package io.ghostworks.server.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ghostworks.wire.proto.ProtoWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Remote write requests of a few hundred series over half an hour, so that a training run passes
 * the hot paths often enough for a profile of them to be worth recording.
 */
final class TrainingSamples {
  static final int SCRAPES = 120;
  static final long STEP_MS = 15_000;

  private static final int SERIES = 600;
  private static final int SERIES_OF_SMALL = 10;
  private static final String[] BOUNDS = {"0.1", "0.5", "1", "5", "+Inf"};

  private final long startMs;

  /**
   * @param endMs the time after the last scrape
   */
  TrainingSamples(long endMs) {
    this.startMs = endMs - SCRAPES * STEP_MS;
  }

  long startMs() {
    return startMs;
  }

  /** One sample of each series, not compressed. */
  byte[] request(int scrape) {
    return request(scrape, SERIES);
  }

  /** The last sample of a few series. */
  byte[] small() {
    return request(SCRAPES - 1, SERIES_OF_SMALL);
  }

  /** The same of remote write 2.0. */
  byte[] request2(int scrape) {
    ProtoWriter out = new ProtoWriter(SERIES * 64);
    Map<String, Integer> symbols = new LinkedHashMap<>();
    symbols.put("", 0);
    for (int i = 0; i < SERIES; i++) {
      int series = out.begin(5);
      int refs = out.begin(1);
      labels(i)
          .forEach((name, value) -> {
            out.varint(symbols.computeIfAbsent(name, text -> symbols.size()));
            out.varint(symbols.computeIfAbsent(value, text -> symbols.size()));
          });
      out.end(refs);
      sample(out, scrape, i);
      out.end(series);
    }
    symbols.keySet().forEach(text -> out.bytesAlways(4, text.getBytes(UTF_8), 0, text.length()));
    return out.toByteArray();
  }

  private byte[] request(int scrape, int seriesCount) {
    ProtoWriter out = new ProtoWriter(seriesCount * 160);
    for (int i = 0; i < seriesCount; i++) {
      int series = out.begin(1);
      labels(i).forEach((name, value) -> label(out, name, value));
      sample(out, scrape, i);
      out.end(series);
    }
    return out.toByteArray();
  }

  private static Map<String, String> labels(int series) {
    Map<String, String> labels = new TreeMap<>();
    boolean bucket = series % 2 == 0;
    labels.put("__name__", bucket ? "training_seconds_bucket" : "training_requests_total");
    labels.put("code", series % 10 == 0 ? "500" : "200");
    labels.put("instance", "host-" + series / 100 + ":9100");
    labels.put("job", "training");
    if (bucket) {
      labels.put("le", BOUNDS[series / 2 % BOUNDS.length]);
    }
    labels.put("path", "/api/v1/resource/" + series / 10);
    return labels;
  }

  private void sample(ProtoWriter out, int scrape, int series) {
    int sample = out.begin(2);
    out.float64Always(1, series % 2 == 0 ? scrape * (series % 7) : scrape * (series % 13) * 0.1);
    out.uint(2, startMs + scrape * STEP_MS);
    out.end(sample);
  }

  private static void label(ProtoWriter out, String name, String value) {
    int label = out.begin(1);
    out.text(1, name);
    out.text(2, value);
    out.end(label);
  }
}
