package io.ghostworks.bench.rules;

import io.ghostworks.bench.fleet.RequestTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The series of one service: 100 of them, of five instances with requests by path and code, buckets
 * of durations, requests under way, and whether they are up. The values are made up from a seed;
 * about one service in ten has more errors than it should.
 */
final class ServiceSeries {
  static final int COUNT = 100;

  private static final int INSTANCES = 5;
  private static final List<String> BOUNDS =
      List.of("0.01", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "+Inf");
  private static final double STEP_SECONDS = 15;

  private final Random random;
  private final RequestTemplate template;
  private final double[] values = new double[COUNT];
  private final double[] rates = new double[COUNT];
  private final boolean bad;

  ServiceSeries(int service, long seed) {
    this.random = new Random(seed + service);
    this.bad = random.nextInt(10) == 0;
    List<SortedMap<String, String>> series = new ArrayList<>(COUNT);
    for (int i = 0; i < INSTANCES; i++) {
      String instance = "svc-%d-%d:8080".formatted(service, i);
      for (String path : List.of("/a", "/b", "/c")) {
        for (String code : List.of("200", "404", "500")) {
          rates[series.size()] = rate(code);
          series.add(labels("bench_requests_total", service, instance, "path", path, "code", code));
        }
      }
      double cumulative = 0;
      for (String bound : BOUNDS) {
        cumulative += 10 * random.nextDouble();
        rates[series.size()] = cumulative;
        series.add(labels("bench_duration_seconds_bucket", service, instance, "le", bound));
      }
      series.add(labels("bench_inflight", service, instance));
      series.add(labels("bench_up", service, instance));
    }
    this.template = RequestTemplate.of(series);
  }

  private double rate(String code) {
    return switch (code) {
      case "500" -> bad ? 20 : 0.5 * random.nextDouble();
      case "404" -> random.nextDouble();
      default -> 50 + 50 * random.nextDouble();
    };
  }

  private static SortedMap<String, String> labels(
      String name, int service, String instance, String... more) {
    SortedMap<String, String> labels = new TreeMap<>();
    labels.put("__name__", name);
    labels.put("job", "svc-" + service);
    labels.put("instance", instance);
    for (int i = 0; i < more.length; i += 2) {
      labels.put(more[i], more[i + 1]);
    }
    return labels;
  }

  /** A remote-write request with the next sample of each series. */
  byte[] next(long timestampMs) {
    for (int i = 0; i < COUNT; i++) {
      int kind = i % (COUNT / INSTANCES);
      if (kind == 18) {
        values[i] = random.nextInt(100);
      } else if (kind == 19) {
        values[i] = random.nextInt(1000) == 0 ? 0 : 1;
      } else {
        values[i] += Math.rint(rates[i] * STEP_SECONDS * (0.9 + 0.2 * random.nextDouble()));
      }
    }
    return template.fill(values, 0, timestampMs);
  }
}
