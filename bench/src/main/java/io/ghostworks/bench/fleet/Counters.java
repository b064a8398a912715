package io.ghostworks.bench.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Counters of ten labels that each grow at each scrape: the load of ingest, memory and restart, in
 * requests of 500.
 */
public final class Counters {
  private static final int PER_REQUEST = 500;
  private static final String[] METHODS = {"GET", "POST", "PUT", "DELETE"};
  private static final String[] STATUS = {"200", "201", "404", "500", "503"};

  private final SplittableRandom random;
  private final List<RequestTemplate> templates = new ArrayList<>();
  private final double[] values;

  public Counters(long seed, int series) {
    this.random = new SplittableRandom(seed);
    this.values = new double[series];
    for (int from = 0; from < series; from += PER_REQUEST) {
      List<SortedMap<String, String>> sets = new ArrayList<>();
      for (int i = from; i < Math.min(series, from + PER_REQUEST); i++) {
        sets.add(labels(i));
      }
      templates.add(RequestTemplate.of(sets));
    }
    for (int i = 0; i < series; i++) {
      values[i] = random.nextInt(1_000_000);
    }
  }

  public int series() {
    return values.length;
  }

  public int requests() {
    return templates.size();
  }

  public int samples(int request) {
    return templates.get(request).size();
  }

  /** The next samples of the series of a request. */
  public byte[] request(int number, long timestampMs) {
    int from = number * PER_REQUEST;
    RequestTemplate template = templates.get(number);
    synchronized (template) {
      for (int i = from; i < from + template.size(); i++) {
        // From the series and time alone, so that the order of requests does not matter.
        values[i] += ((i * 0x9E3779B97F4A7C15L) ^ (timestampMs * 0xC2B2AE3D27D4EB4FL)) >>> 58;
      }
      return template.fill(values, from, timestampMs);
    }
  }

  /** One pod has 1,000 series; a cluster has 50 pods. */
  private static SortedMap<String, String> labels(int series) {
    int pod = series / 1000;
    int of = series % 1000;
    TreeMap<String, String> set = new TreeMap<>();
    set.put("__name__", "bench_metric_%d_total".formatted(of / 100));
    set.put("cluster", "cluster-" + pod / 50);
    set.put("namespace", "team-" + pod % 10);
    set.put("job", "service-" + pod % 10);
    set.put("instance", "10.%d.%d.%d:8080".formatted(pod / 2500, pod / 50 % 50, pod % 50));
    set.put("pod", "service-%d-5d8f7c9b4-%05x".formatted(pod % 10, pod * 7919 & 0xfffff));
    set.put("container", "app");
    set.put("method", METHODS[of % METHODS.length]);
    set.put("status", STATUS[of / METHODS.length % STATUS.length]);
    set.put("path", "/api/v1/resource/" + of / 20 % 5);
    return set;
  }
}
