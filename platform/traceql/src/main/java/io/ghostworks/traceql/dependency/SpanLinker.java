package io.ghostworks.traceql.dependency;

import io.ghostworks.model.semconv.AdjustedCount;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Links spans that come in the order of their start times with their parents, and counts the calls
 * that they tell of. Holds two chunks: one that is being filled and the one before. Not
 * thread-safe.
 *
 * <pre>
 * filling --full--> linked within itself and with the chunk before --next one full--> given up
 * </pre>
 *
 * A server's span that has the id of its client's, as Zipkin's do, is below that one, and fails
 * only by itself. When a chunk is given up, its spans that wait for a parent are looked up in the
 * one behind it once more, and its callers that nobody answered become calls of virtual nodes.
 */
final class SpanLinker {
  private static final byte KIND_SERVER = 2;
  private static final byte KIND_CLIENT = 3;
  private static final byte KIND_PRODUCER = 4;
  private static final byte KIND_CONSUMER = 5;

  /** Names that are held once; beyond it they are held as often as they come. */
  private static final int NAMES_MAX = 10_000;

  private final DependencyCounts counts = new DependencyCounts();
  private final Map<String, String> names = new HashMap<>();
  private SpanChunk before;
  private SpanChunk filling;
  private boolean gaveUp;
  private long spans;
  private long unknown;
  private long unlinked;

  /**
   * A span.
   *
   * @param count its adjusted count, or {@link AdjustedCount#UNKNOWN}
   * @param peer what it calls, as far as it says so
   */
  record Span(
      long traceHigh,
      long traceLow,
      long id,
      long parent,
      byte kind,
      boolean failed,
      boolean inRange,
      double count,
      String service,
      @Nullable String peer,
      boolean database) {}

  SpanLinker(int chunkRows) {
    before = new SpanChunk(chunkRows);
    filling = new SpanChunk(chunkRows);
  }

  static boolean isCaller(byte kind) {
    return kind == KIND_CLIENT || kind == KIND_PRODUCER;
  }

  void add(Span span) {
    if (filling.isFull()) {
      turn();
      gaveUp = true;
    }
    int row = filling.add(span.traceHigh, span.traceLow, span.id);
    filling.parent[row] = span.parent;
    filling.kind[row] = span.kind;
    filling.weight[row] = span.count;
    filling.service[row] = name(span.service);
    filling.peer[row] = span.peer == null ? null : name(span.peer);
    filling.database[row] = span.database;
    filling.state[row] =
        (byte) ((span.failed ? SpanChunk.ERROR : 0) | (span.inRange ? SpanChunk.IN_RANGE : 0));
    spans++;
  }

  DependencyGraph graph() {
    turn();
    turn();
    Optional<String> partial =
        counts.isFull()
            ? Optional.of("the range has more kinds of calls than one answer tells")
            : gaveUp && unlinked > 0
                ? Optional.of(
                    ("%d spans have a parent that is missing or too far from them in time to be"
                            + " found: ask for a shorter range")
                        .formatted(unlinked))
                : Optional.empty();
    return new DependencyGraph(counts.sorted(), partial, spans, unknown);
  }

  /** Links the chunk that was filled, gives up the one before, and begins a new one. */
  private void turn() {
    for (int row = 0; row < filling.size(); row++) {
      if (!link(filling, row, filling)) {
        link(filling, row, before);
      }
    }
    for (int row = 0; row < before.size(); row++) {
      if (!before.has(row, SpanChunk.LINKED)) {
        link(before, row, filling);
      }
    }
    for (int row = 0; row < before.size(); row++) {
      giveUp(row);
    }
    SpanChunk given = before;
    given.clear();
    before = filling;
    filling = given;
  }

  private boolean link(SpanChunk chunk, int row, SpanChunk parents) {
    int shared = sharedParent(chunk, row, parents);
    int parent = shared >= 0 ? shared : parent(chunk, row, parents);
    if (parent < 0) {
      return false;
    }
    chunk.mark(row, SpanChunk.LINKED);
    boolean pair = isCalled(chunk.kind[row]) && isCaller(parents.kind[parent]);
    if (pair || !chunk.service[row].equals(parents.service[parent])) {
      parents.mark(parent, SpanChunk.CALLED);
      if (chunk.has(row, SpanChunk.IN_RANGE)) {
        boolean messages =
            chunk.kind[row] == KIND_CONSUMER || parents.kind[parent] == KIND_PRODUCER;
        boolean failed =
            chunk.has(row, SpanChunk.ERROR)
                || (shared < 0
                    && isCaller(parents.kind[parent])
                    && parents.has(parent, SpanChunk.ERROR));
        double told = chunk.weight[row] > 0 ? chunk.weight[row] : parents.weight[parent];
        count(
            parents.service[parent],
            chunk.service[row],
            messages ? ConnectionType.MESSAGING_SYSTEM : ConnectionType.REQUEST,
            told,
            failed);
      }
    }
    return true;
  }

  /** The client whose id a server uses, as Zipkin's do; −1 if there is none. */
  private static int sharedParent(SpanChunk chunk, int row, SpanChunk parents) {
    if (chunk.kind[row] != KIND_SERVER) {
      return -1;
    }
    int client = parents.find(chunk.traceHigh[row], chunk.traceLow[row], chunk.span[row]);
    while (client >= 0 && parents.kind[client] != KIND_CLIENT) {
      client = parents.twin(client);
    }
    return client;
  }

  /** The parent that a span names: of several with its id a server of the span's own service. */
  private static int parent(SpanChunk chunk, int row, SpanChunk parents) {
    long parentId = chunk.parent[row];
    if (parentId == 0 || parentId == chunk.span[row]) {
      return -1;
    }
    int first = parents.find(chunk.traceHigh[row], chunk.traceLow[row], parentId);
    for (int twin = first; twin >= 0; twin = parents.twin(twin)) {
      if (parents.kind[twin] == KIND_SERVER && parents.service[twin].equals(chunk.service[row])) {
        return twin;
      }
    }
    return first;
  }

  private static boolean isCalled(byte kind) {
    return kind == KIND_SERVER || kind == KIND_CONSUMER;
  }

  private void giveUp(int row) {
    if (!before.has(row, SpanChunk.IN_RANGE)) {
      return;
    }
    boolean failed = before.has(row, SpanChunk.ERROR);
    String peer = before.peer[row];
    if (isCaller(before.kind[row]) && !before.has(row, SpanChunk.CALLED) && peer != null) {
      ConnectionType type =
          before.database[row] ? ConnectionType.DATABASE : ConnectionType.VIRTUAL_NODE;
      count(before.service[row], peer, type, before.weight[row], failed);
    }
    if (before.parent[row] == 0
        && before.kind[row] == KIND_SERVER
        && !before.has(row, SpanChunk.LINKED)) {
      count(
          Dependencies.USER,
          before.service[row],
          ConnectionType.VIRTUAL_NODE,
          before.weight[row],
          failed);
    }
    if (before.parent[row] != 0 && !before.has(row, SpanChunk.LINKED)) {
      unlinked++;
    }
  }

  private void count(
      String caller, String callee, ConnectionType type, double told, boolean failed) {
    double weight = told > 0 ? told : 1;
    unknown += told > 0 ? 0 : 1;
    counts.add(caller, callee, type, weight, failed ? weight : 0);
  }

  private String name(String name) {
    String held = names.get(name);
    if (held != null) {
      return held;
    }
    if (names.size() < NAMES_MAX) {
      names.put(name, name);
    }
    return name;
  }
}
