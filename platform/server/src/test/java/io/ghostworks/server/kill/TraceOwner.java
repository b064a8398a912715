package io.ghostworks.server.kill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;

/**
 * Sends spans of its own traces until the platform is gone, some twice, keeps some traces and
 * deletes others, and remembers what was sent and what was acknowledged: the oracle of a kill. Used
 * by one thread at a time.
 */
final class TraceOwner implements Runnable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TRACES = 12;
  private static final int STEPS_MAX = 2_000;
  private static final int SPANS_MAX = 5;

  private final int number;
  private final long startMs;
  private final Random random;
  private final Semaphore acknowledgements;
  private final ChildPlatform platform;
  private final Map<Integer, Trace> traces = new TreeMap<>();
  private volatile String unexpected = "";

  /** What was asked and, unless its end is open, answered. */
  private enum Wish {
    NONE,
    ASKED,
    GRANTED
  }

  private static final class Trace {
    private final Set<Integer> sent = new TreeSet<>();
    private final Set<Integer> acknowledged = new TreeSet<>();
    private Wish kept = Wish.NONE;
    private Wish deleted = Wish.NONE;
  }

  TraceOwner(
      int number, long startMs, long seed, Semaphore acknowledgements, ChildPlatform platform) {
    this.number = number;
    this.startMs = startMs;
    this.random = new Random(seed);
    this.acknowledgements = acknowledgements;
    this.platform = platform;
  }

  @Override
  public void run() {
    try {
      for (int step = 0; step < STEPS_MAX && unexpected.isEmpty(); step++) {
        act(random.nextInt(TRACES));
      }
    } catch (IOException e) {
      // The platform was killed, which is the end of it.
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void act(int which) throws IOException, InterruptedException {
    Trace trace = traces.computeIfAbsent(which, key -> new Trace());
    int choice = random.nextInt(100);
    if (trace.deleted != Wish.NONE) {
      return; // It stays deleted: nothing is sent any more.
    }
    if (choice < 90 || trace.acknowledged.isEmpty()) {
      boolean again = choice < 10 && !trace.acknowledged.isEmpty();
      int first = again ? random.nextInt(trace.sent.size()) : trace.sent.size();
      send(which, trace, first, 1 + random.nextInt(SPANS_MAX));
    } else if (choice < 97) {
      Wish before = trace.kept;
      trace.kept = before == Wish.NONE ? Wish.ASKED : before;
      trace.kept = granted(keep(which), "keep") ? Wish.GRANTED : before;
    } else {
      trace.deleted = Wish.ASKED;
      boolean granted = granted(platform.delete("web", path(which)), "delete");
      trace.deleted = granted ? Wish.GRANTED : Wish.NONE;
    }
  }

  private HttpResponse<String> keep(int which) throws IOException, InterruptedException {
    return platform.post(
        "web", path(which) + "/keep", new byte[0], "Content-Type", "application/json");
  }

  /** Whether it was done; one delete or keep at a time is, others are to be tried again. */
  private boolean granted(HttpResponse<String> response, String what) {
    if (response.statusCode() == 503) {
      return false;
    }
    expect(response, what);
    return true;
  }

  private void send(int which, Trace trace, int first, int count)
      throws IOException, InterruptedException {
    StringBuilder spans = new StringBuilder();
    for (int i = first; i < first + count; i++) {
      long start = startMs * 1_000_000L + i;
      spans
          .append(i == first ? "" : ",")
          .append(
              "{\"traceId\":\"%s\",\"spanId\":\"%016x\",\"name\":\"%d\",\"kind\":2,\"startTimeUnixNano\":\"%d\",\"endTimeUnixNano\":\"%d\"}"
                  .formatted(id(which), i + 1, i, start, start + 1000));
      trace.sent.add(i);
    }
    String body =
        "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"%s\"}}]},\"scopeSpans\":[{\"spans\":[%s]}]}]}"
            .formatted(service(), spans);
    HttpResponse<String> response =
        platform.post(
            "otlp_http",
            "/v1/traces",
            body.getBytes(StandardCharsets.UTF_8),
            "Content-Type",
            "application/json");
    expect(response, "spans");
    for (int i = first; i < first + count; i++) {
      trace.acknowledged.add(i);
    }
    acknowledgements.release();
  }

  private void expect(HttpResponse<String> response, String what) {
    if (response.statusCode() / 100 != 2 || response.body().contains("rejected")) {
      unexpected = "%s: %d %s".formatted(what, response.statusCode(), response.body());
    }
  }

  private String service() {
    return "owner-" + number;
  }

  private String id(int which) {
    return "%032x".formatted((number + 1L) * 1_000 + which);
  }

  private String path(int which) {
    return "/api/platform/traces/" + id(which);
  }

  /** Compares what a restarted platform has with what was sent, acknowledged, kept and deleted. */
  void check(ChildPlatform restarted, String when) throws IOException, InterruptedException {
    if (!unexpected.isEmpty()) {
      throw new AssertionError("%s, owner %d: %s".formatted(when, number, unexpected));
    }
    long readable = 0;
    for (Map.Entry<Integer, Trace> each : traces.entrySet()) {
      String place = "%s, owner %d, trace %d: ".formatted(when, number, each.getKey());
      readable += check(restarted, each.getKey(), each.getValue(), place);
    }
    long counted = counted(restarted);
    if (counted != readable) {
      throw new AssertionError(
          "%s, owner %d: %d spans are counted, %d are in the traces"
              .formatted(when, number, counted, readable));
    }
  }

  private int check(ChildPlatform restarted, int which, Trace trace, String place)
      throws IOException, InterruptedException {
    List<Integer> found = read(restarted, which);
    Set<Integer> distinct = new TreeSet<>(found);
    boolean gone = found.isEmpty() && trace.deleted != Wish.NONE;
    boolean whole =
        trace.deleted != Wish.GRANTED
            && distinct.containsAll(trace.acknowledged)
            && trace.sent.containsAll(distinct);
    if (distinct.size() != found.size() || (!gone && !whole)) {
      throw new AssertionError(
          place
              + "acknowledged %s, sent %s, delete %s, readable %s"
                  .formatted(trace.acknowledged, trace.sent, trace.deleted, found));
    }
    boolean kept = restarted.get("web", path(which) + "/keep").statusCode() == 200;
    boolean mayDiffer = trace.kept == Wish.ASKED || trace.deleted == Wish.ASKED;
    boolean expected = trace.kept == Wish.GRANTED && trace.deleted == Wish.NONE;
    if (!mayDiffer && kept != expected) {
      throw new AssertionError(
          place + "keep %s, delete %s, kept %s".formatted(trace.kept, trace.deleted, kept));
    }
    return found.size();
  }

  private List<Integer> read(ChildPlatform restarted, int which)
      throws IOException, InterruptedException {
    HttpResponse<String> response = restarted.get("tempo", "/api/traces/" + id(which));
    List<Integer> names = new ArrayList<>();
    if (response.statusCode() != 404) {
      JSON.readTree(response.body())
          .findParents("spanId")
          .forEach(span -> names.add(Integer.parseInt(span.path("name").asText())));
    }
    return names;
  }

  /** How many spans a scan of the columns finds. */
  private long counted(ChildPlatform restarted) throws IOException, InterruptedException {
    String query = "{ resource.service.name = \"%s\" } | count_over_time()".formatted(service());
    HttpResponse<String> response =
        restarted.get(
            "tempo",
            "/api/metrics/query?start=%d&end=%d&q=%s"
                .formatted(
                    startMs / 1_000 - 60,
                    startMs / 1_000 + 60,
                    URLEncoder.encode(query, StandardCharsets.UTF_8)));
    JsonNode series = JSON.readTree(response.body()).path("series");
    return series.isEmpty() ? 0 : Math.round(series.get(0).path("value").asDouble());
  }

  int acknowledgedSpans() {
    return traces.values().stream().mapToInt(trace -> trace.acknowledged.size()).sum();
  }

  boolean hasDeletedAndKept() {
    return traces.values().stream().anyMatch(trace -> trace.deleted == Wish.GRANTED)
        && traces.values().stream().anyMatch(trace -> trace.kept == Wish.GRANTED);
  }
}
