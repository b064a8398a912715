package io.ghostworks.bench.differential;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.xerial.snappy.Snappy;

/**
 * Series of every kind that a query can meet, as remote write 1.0 requests in order of time:
 * counters with resets, gauges with NaN, infinities and -0, classic histograms, native histograms
 * with changing schemas and custom buckets, series that turn from floats to histograms, gaps,
 * staleness markers, an info metric. The seed decides everything.
 */
final class RandomSeries {
  static final List<String> COUNTERS = List.of("c_requests_total", "c_bytes_total");
  static final List<String> GAUGES = List.of("g_temperature", "g_noise", "g_odd");
  static final List<String> CLASSIC = List.of("h_seconds_bucket");
  static final List<String> NATIVE = List.of("n_latency", "n_float", "n_custom");
  static final List<String> MIXED = List.of("m_mixed");
  static final String INFO = "target_info";
  static final List<String> INSTANCES = List.of("a:1", "b:1", "c:1", "d:1");
  static final List<String> PATHS = List.of("/", "/login", "/api");
  static final List<String> CODES = List.of("200", "404", "500");

  private static final long STALE_BITS = 0x7ff0000000000002L;
  private static final String[] BOUNDS = {"0.1", "0.5", "1", "5", "+Inf"};
  private static final double[] CUSTOM_BOUNDS = {0.1, 0.5, 1, 5};
  private static final int GAP_IN = 60;
  private static final int RESET_IN = 40;

  private final Random random;
  private final List<OneSeries> series = new ArrayList<>();

  RandomSeries(long seed) {
    this.random = new Random(seed);
    for (String instance : INSTANCES) {
      String job = instance.compareTo("c") < 0 ? "web" : "batch";
      for (String path : PATHS) {
        for (String code : CODES) {
          for (String name : COUNTERS) {
            add(Kind.COUNTER, name, job, instance, Map.of("path", path, "code", code));
          }
        }
        for (String bound : BOUNDS) {
          add(Kind.BUCKET, CLASSIC.getFirst(), job, instance, Map.of("path", path, "le", bound));
        }
        add(Kind.BUCKET_SUM, "h_seconds_sum", job, instance, Map.of("path", path));
        add(Kind.BUCKET_COUNT, "h_seconds_count", job, instance, Map.of("path", path));
        add(Kind.NATIVE, "n_latency", job, instance, Map.of("path", path));
        add(Kind.NATIVE_FLOAT, "n_float", job, instance, Map.of("path", path));
        add(Kind.NATIVE_CUSTOM, "n_custom", job, instance, Map.of("path", path));
      }
      add(Kind.MIXED, "m_mixed", job, instance, Map.of());
      add(Kind.TEMPERATURE, "g_temperature", job, instance, Map.of());
      add(Kind.NOISE, "g_noise", job, instance, Map.of("path", PATHS.getFirst()));
      add(Kind.ODD, "g_odd", job, instance, Map.of());
      add(Kind.ONE, INFO, job, instance, Map.of("version", "v" + random.nextInt(3)));
    }
    // Prometheus sums series in the order of their first samples; all begin with the first scrape.
    series.sort(Comparator.comparing(one -> String.join("\0", one.labels.values())));
  }

  /** How many series there are. */
  int size() {
    return series.size();
  }

  /** The samples of all series at one scrape, some of which are missing. */
  byte[] request(long timeMs) {
    byte[] request =
        encoded(out -> {
          for (OneSeries one : series) {
            if (one.gap > 0) {
              one.gap--;
            } else if (one.scrapes > 0 && random.nextInt(GAP_IN) == 0) {
              one.gap = 1 + random.nextInt(30);
              if (random.nextBoolean()) {
                out.writeByteArray(1, one.stale(timeMs));
              }
            } else {
              // The scrapes of one target have a phase of their own.
              out.writeByteArray(1, one.next(timeMs + one.phaseMs, random));
            }
          }
        });
    try {
      return Snappy.compress(request);
    } catch (IOException e) {
      throw new UncheckedIOException("a request cannot be compressed in memory", e);
    }
  }

  private void add(
      Kind kind, String name, String job, String instance, Map<String, String> others) {
    TreeMap<String, String> labels = new TreeMap<>(others);
    labels.put("__name__", name);
    labels.put("job", job);
    labels.put("instance", instance);
    series.add(new OneSeries(kind, labels, random.nextInt(3_000)));
  }

  private enum Kind {
    COUNTER,
    BUCKET,
    BUCKET_SUM,
    BUCKET_COUNT,
    TEMPERATURE,
    NOISE,
    ODD,
    ONE,
    NATIVE,
    NATIVE_FLOAT,
    NATIVE_CUSTOM,
    MIXED
  }

  /** A series with its state. */
  private static final class OneSeries {
    private final Kind kind;
    private final Map<String, String> labels;
    private final int phaseMs;
    private final long[] buckets = new long[8];
    private int gap;
    private int schema = 1;
    private double value;
    private int scrapes;

    OneSeries(Kind kind, Map<String, String> labels, int phaseMs) {
      this.kind = kind;
      this.labels = labels;
      this.phaseMs = phaseMs;
    }

    byte[] next(long timeMs, Random random) {
      scrapes++;
      boolean reset = random.nextInt(RESET_IN) == 0;
      return switch (kind) {
        case COUNTER, BUCKET_COUNT -> sample(timeMs, count(reset, random.nextInt(50)));
        case BUCKET ->
            sample(
                timeMs, count(reset, random.nextInt(1 + labels.getOrDefault("le", "").length())));
        case BUCKET_SUM -> sample(timeMs, count(reset, random.nextDouble()));
        case TEMPERATURE -> {
          value = Math.rint((value + random.nextGaussian()) * 10) / 10;
          yield sample(timeMs, value);
        }
        case NOISE -> sample(timeMs, random.nextGaussian() * Math.pow(10, random.nextInt(12) - 6));
        case ODD -> sample(timeMs, odd(random));
        case ONE -> sample(timeMs, 1);
        case NATIVE, NATIVE_FLOAT, NATIVE_CUSTOM -> histogram(timeMs, reset, random);
        case MIXED ->
            scrapes / 20 % 2 == 0
                ? sample(timeMs, count(reset, random.nextInt(9)))
                : histogram(timeMs, reset, random);
      };
    }

    private double count(boolean reset, double more) {
      value = reset ? more : value + more;
      return value;
    }

    private static double odd(Random random) {
      return switch (random.nextInt(8)) {
        case 0 -> Double.NaN;
        case 1 -> Double.POSITIVE_INFINITY;
        case 2 -> Double.NEGATIVE_INFINITY;
        case 3 -> -0.0;
        case 4 -> 1e300;
        case 5 -> -1e-300;
        default -> random.nextInt(7) - 3;
      };
    }

    byte[] stale(long timeMs) {
      if (kind.name().startsWith("NATIVE")) {
        return message(
            out -> {
              out.writeUInt64(1, 0);
              out.writeFixed64(3, STALE_BITS);
              out.writeInt64(15, timeMs + phaseMs);
            },
            4);
      }
      return sampleBits(timeMs + phaseMs, STALE_BITS);
    }

    private byte[] sample(long timeMs, double number) {
      return sampleBits(timeMs, Double.doubleToRawLongBits(number));
    }

    private byte[] sampleBits(long timeMs, long bits) {
      return message(
          out -> {
            out.writeFixed64(1, bits);
            out.writeInt64(2, timeMs);
          },
          2);
    }

    private byte[] histogram(long timeMs, boolean reset, Random random) {
      if (reset) {
        java.util.Arrays.fill(buckets, 0);
        schema = kind == Kind.NATIVE_CUSTOM ? -53 : random.nextInt(4) - 1;
      }
      int used = kind == Kind.NATIVE_CUSTOM ? CUSTOM_BOUNDS.length + 1 : buckets.length;
      long all = 0;
      for (int i = 0; i < used; i++) {
        buckets[i] += random.nextInt(4);
        all += buckets[i];
      }
      value = reset ? all * 0.7 : value + random.nextDouble();
      int nativeSchema = kind == Kind.NATIVE_CUSTOM ? -53 : schema;
      boolean floats = kind == Kind.NATIVE_FLOAT;
      long total = all;
      return message(
          out -> {
            if (floats) {
              out.writeDouble(2, total);
            } else {
              out.writeUInt64(1, total);
            }
            out.writeDouble(3, value);
            out.writeSInt32(4, nativeSchema);
            if (nativeSchema != -53) {
              out.writeDouble(5, 0.001);
            }
            out.writeByteArray(11, span(nativeSchema == -53 ? 0 : -2, used));
            long before = 0;
            for (int i = 0; i < used; i++) {
              if (floats) {
                out.writeDouble(13, buckets[i]);
              } else {
                out.writeSInt64(12, buckets[i] - before);
                before = buckets[i];
              }
            }
            out.writeInt64(15, timeMs);
            if (nativeSchema == -53) {
              for (double bound : CUSTOM_BOUNDS) {
                out.writeDouble(16, bound);
              }
            }
          },
          4);
    }

    private static byte[] span(int offset, int length) {
      return encoded(out -> {
        out.writeSInt32(1, offset);
        out.writeUInt32(2, length);
      });
    }

    /** A time series with its labels and one message as a field. */
    private byte[] message(Message body, int field) {
      return encoded(out -> {
        for (Map.Entry<String, String> label : labels.entrySet()) {
          out.writeByteArray(
              1,
              encoded(pair -> {
                pair.writeString(1, label.getKey());
                pair.writeString(2, label.getValue());
              }));
        }
        out.writeByteArray(field, encoded(body));
      });
    }
  }

  private static byte[] encoded(Message message) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      message.write(out);
      out.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("a message cannot be written to memory", e);
    }
  }

  /** Writes the fields of a message. */
  @FunctionalInterface
  private interface Message {
    void write(CodedOutputStream out) throws IOException;
  }
}
