package io.ghostworks.server.wiring;

import io.ghostworks.wire.proto.ProtoWriter;

/**
 * Remote write requests of a few hundred series over half an hour, so that a training run passes
 * the hot paths often enough for a profile of them to be worth recording.
 */
final class TrainingSamples {
  static final int SCRAPES = 120;
  static final long STEP_MS = 15_000;

  private static final int SERIES = 600;
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
    ProtoWriter out = new ProtoWriter(SERIES * 160);
    for (int i = 0; i < SERIES; i++) {
      int series = out.begin(1);
      boolean bucket = i % 2 == 0;
      label(out, "__name__", bucket ? "training_seconds_bucket" : "training_requests_total");
      label(out, "code", i % 10 == 0 ? "500" : "200");
      label(out, "instance", "host-" + i / 100 + ":9100");
      label(out, "job", "training");
      if (bucket) {
        label(out, "le", BOUNDS[i / 2 % BOUNDS.length]);
      }
      label(out, "path", "/api/v1/resource/" + i / 10);
      int sample = out.begin(2);
      out.float64Always(1, bucket ? scrape * (i % 7) : scrape * (i % 13) * 0.1);
      out.uint(2, startMs + scrape * STEP_MS);
      out.end(sample);
      out.end(series);
    }
    return out.toByteArray();
  }

  private static void label(ProtoWriter out, String name, String value) {
    int label = out.begin(1);
    out.text(1, name);
    out.text(2, value);
    out.end(label);
  }
}
