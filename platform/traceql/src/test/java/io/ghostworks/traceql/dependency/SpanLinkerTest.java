package io.ghostworks.traceql.dependency;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.semconv.AdjustedCount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SpanLinkerTest {
  private static final byte SERVER = 2;
  private static final byte CLIENT = 3;
  private static final byte PRODUCER = 4;
  private static final byte CONSUMER = 5;

  private static SpanLinker.Span span(
      long trace, long id, long parent, byte kind, String service, @Nullable String peer) {
    return new SpanLinker.Span(
        1, trace, id, parent, kind, false, true, AdjustedCount.UNKNOWN, service, peer, false);
  }

  @Test
  void aServerBelowAClientIsACall() {
    SpanLinker linker = new SpanLinker(16);
    linker.add(span(7, 1, 0, SERVER, "front", null));
    linker.add(span(7, 2, 1, CLIENT, "front", "10.0.0.1"));
    linker.add(span(7, 3, 2, SERVER, "api", null));
    DependencyGraph graph = linker.graph();
    assertThat(graph.dependencies())
        .containsExactly(
            new Dependency("front", "api", ConnectionType.REQUEST, 1, 0),
            new Dependency("user", "front", ConnectionType.VIRTUAL_NODE, 1, 0));
    assertThat(graph.spansOfUnknownProbability()).isEqualTo(2);
    assertThat(graph.partial()).isEmpty();
  }

  @Test
  void aServerThatSharesItsClientsIdIsCalledOnceAndItsChildrenAreItsOwn() {
    for (int chunkRows : new int[] {2, 16}) {
      SpanLinker linker = new SpanLinker(chunkRows);
      linker.add(
          new SpanLinker.Span(
              1, 7, 1, 0, CLIENT, true, true, AdjustedCount.UNKNOWN, "front", "api", false));
      linker.add(span(7, 1, 0, SERVER, "api", null));
      linker.add(span(7, 2, 1, CLIENT, "api", "mail.example"));
      linker.add(span(7, 3, 1, (byte) 1, "api", null));
      assertThat(linker.graph().dependencies())
          .containsExactly(
              new Dependency("api", "mail.example", ConnectionType.VIRTUAL_NODE, 1, 0),
              new Dependency("front", "api", ConnectionType.REQUEST, 1, 0));
    }
  }

  @Test
  void childrenThatComeBeforeTheirParentsAreLinked() {
    SpanLinker linker = new SpanLinker(2);
    linker.add(span(7, 3, 2, SERVER, "api", null));
    linker.add(span(9, 30, 20, CONSUMER, "worker", null));
    linker.add(span(7, 2, 0, CLIENT, "front", "api.example"));
    linker.add(span(9, 20, 0, PRODUCER, "api", null));
    assertThat(linker.graph().dependencies())
        .containsExactly(
            new Dependency("api", "worker", ConnectionType.MESSAGING_SYSTEM, 1, 0),
            new Dependency("front", "api", ConnectionType.REQUEST, 1, 0));
  }

  @Test
  void aClientThatNobodyAnswersCallsItsPeer() {
    SpanLinker linker = new SpanLinker(16);
    linker.add(new SpanLinker.Span(1, 7, 2, 1, CLIENT, true, true, 4, "api", "orders", true));
    linker.add(span(7, 3, 1, CLIENT, "api", "mail.example"));
    linker.add(span(7, 4, 1, CLIENT, "api", null));
    assertThat(linker.graph().dependencies())
        .containsExactly(
            new Dependency("api", "mail.example", ConnectionType.VIRTUAL_NODE, 1, 0),
            new Dependency("api", "orders", ConnectionType.DATABASE, 4, 4));
  }

  @Test
  void cyclesAndSpansThatAreTheirOwnParentsEnd() {
    SpanLinker linker = new SpanLinker(16);
    linker.add(span(7, 1, 1, SERVER, "a", null));
    linker.add(span(7, 2, 3, CLIENT, "a", null));
    linker.add(span(7, 3, 2, SERVER, "b", null));
    assertThat(linker.graph().betweenServices())
        .containsExactly(
            new Dependency("a", "b", ConnectionType.REQUEST, 1, 0),
            new Dependency("b", "a", ConnectionType.REQUEST, 1, 0));
  }

  @Test
  void smallChunksGiveWhatOneLargeOneGives() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<SpanLinker.Span> spans = new ArrayList<>();
    Map<Long, Integer> last = new HashMap<>();
    for (int i = 0; i < 3_000; i++) {
      long trace = random.nextInt(4) + i / 40 * 4L;
      Integer parent = last.get(trace);
      byte kind = (byte) random.nextInt(6);
      spans.add(
          span(
              trace,
              i + 1,
              parent == null ? 0 : parent,
              kind,
              "s" + random.nextInt(5),
              random.nextBoolean() ? "p" + random.nextInt(3) : null));
      last.put(trace, i + 1);
    }
    SpanLinker large = new SpanLinker(10_000);
    SpanLinker small = new SpanLinker(100);
    spans.forEach(large::add);
    spans.forEach(small::add);
    assertThat(small.graph().dependencies())
        .as("seed %d", seed)
        .isEqualTo(large.graph().dependencies());
  }
}
