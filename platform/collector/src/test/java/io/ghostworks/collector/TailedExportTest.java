package io.ghostworks.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.collector.config.ExporterConfig.Sending;
import io.ghostworks.collector.config.Signal;
import io.ghostworks.collector.export.Delivery;
import io.ghostworks.collector.export.RequestSender;
import io.ghostworks.collector.export.Transport;
import io.ghostworks.model.TelemetryTail;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.SimulatedTime;
import io.ghostworks.wire.compress.ContentCoding;
import io.ghostworks.wire.otlp.OtlpDecoder;
import io.ghostworks.wire.otlp.OtlpEncoding;
import io.ghostworks.wire.otlp.OtlpLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Everything runs on the test's thread: attempts at once, pauses when time is advanced. */
class TailedExportTest {
  private static final TenantId ACME = new TenantId("acme");
  private static final TenantId GLOBEX = new TenantId("globex");

  private final SimulatedTime time = new SimulatedTime(1_700_000_000_000L);
  private final PlatformMetrics metrics = new PlatformMetrics();
  private final FakeTail tail = new FakeTail();
  private final FakePositions positions = new FakePositions();
  private final FakeRemote remote = new FakeRemote();
  private RequestSender sender = sender();

  /** Batches of one span whose name is given, by position. */
  private static final class FakeTail implements TelemetryTail<SpanBatch> {
    private final TreeMap<Long, Map.Entry<TenantId, String>> batches = new TreeMap<>();
    private long gone;
    private long unreadable = -1;
    private int opened;

    void store(TenantId tenant, String name) {
      batches.put(endPosition() + 1, Map.entry(tenant, name));
    }

    void removeThrough(long position) {
      gone = position;
    }

    @Override
    public long endPosition() {
      return batches.isEmpty() ? 0 : batches.lastKey();
    }

    @Override
    public Cursor<SpanBatch> cursor(long afterPosition) {
      opened++;
      return new FakeCursor(afterPosition);
    }

    private final class FakeCursor implements Cursor<SpanBatch> {
      private long position;
      private long missed;

      FakeCursor(long position) {
        this.position = position;
      }

      @Override
      public void read(Reader<SpanBatch> reader) throws IOException {
        boolean goesOn = true;
        while (goesOn && batches.higherKey(position) != null) {
          missed += Math.max(0, gone - position);
          position = Math.max(position, gone);
          long next = position + 1;
          if (next == unreadable) {
            throw new IOException("the segment cannot be read");
          }
          Map.Entry<TenantId, String> batch = batches.get(next);
          goesOn = batch == null || reader.batch(next, batch.getKey(), span(batch.getValue()));
          position = next;
        }
      }

      @Override
      public long position() {
        return position;
      }

      @Override
      public long framesMissed() {
        return missed;
      }

      @Override
      public void close() {}
    }
  }

  /** Positions that outlive an export. */
  private static final class FakePositions implements ExportPositions {
    private final Map<String, Long> saved = new HashMap<>();
    private int saves;

    @Override
    public Map<String, Long> load() {
      return Map.copyOf(saved);
    }

    @Override
    public void save(String reader, long position) {
      saves++;
      saved.put(reader, position);
    }

    @Override
    public void forget(String reader) {
      saved.remove(reader);
    }
  }

  /** Another system, which does what a test says. */
  private static final class FakeRemote implements Transport {
    private final List<String> taken = new ArrayList<>();
    private Delivery answer = new Delivery.Taken(0, "");
    private int attempts;

    @Override
    public Delivery send(TenantId tenant, Signal signal, byte[] request) {
      attempts++;
      if (answer instanceof Delivery.Taken) {
        SpanBatch batch =
            new OtlpDecoder(OtlpLimits.DEFAULT)
                .traces(OtlpEncoding.PROTOBUF, request, 0, request.length)
                .batch();
        for (int row = 0; row < batch.rows(); row++) {
          taken.add(tenant.value() + ":" + batch.arena().text(batch.name(row)));
        }
      }
      return answer;
    }

    @Override
    public boolean carries(Signal signal) {
      return true;
    }

    @Override
    public void close() {}
  }

  private static SpanBatch span(String name) {
    byte[] json =
        """
        {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"5b8efff798038103d269b633813fc60c",
        "spanId":"eee19b7ec3c1b174","name":"%s"}]}]}]}
        """
            .formatted(name)
            .getBytes(StandardCharsets.UTF_8);
    return new OtlpDecoder(OtlpLimits.DEFAULT)
        .traces(OtlpEncoding.JSON, json, 0, json.length)
        .batch();
  }

  private static Sending sending(Duration maxElapsed) {
    return new Sending(
        Map.of(),
        ContentCoding.GZIP,
        Duration.ofSeconds(5),
        true,
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        maxElapsed,
        2,
        0,
        100,
        2);
  }

  private RequestSender sender() {
    return sender(Duration.ofMinutes(5));
  }

  private RequestSender sender(Duration maxElapsed) {
    return new RequestSender(
        "otlp",
        sending(maxElapsed),
        remote,
        new RequestSender.Around(time, time, Runnable::run, () -> 0.5, metrics));
  }

  private TailedExport<SpanBatch> started() {
    return started(List.of());
  }

  private TailedExport<SpanBatch> started(List<Route.Step<SpanBatch>> steps) {
    TailedExport<SpanBatch> export =
        new TailedExport<>(
            new TailedExport.Parts<>(
                "reader",
                "traces",
                Signal.TRACES,
                BatchKind.SPANS,
                steps,
                sending(Duration.ofMinutes(5)),
                OtlpEncoding.PROTOBUF,
                sender,
                positions,
                time,
                time,
                Runnable::run,
                metrics),
            positions.load().getOrDefault("reader", Long.MAX_VALUE));
    export.start(tail);
    return export;
  }

  private void store(String... names) {
    for (String name : names) {
      tail.store(ACME, name);
    }
  }

  private long count(String name) {
    return metrics.counter(name, "", Labels.of("exporter", "otlp")).value();
  }

  @Test
  void sendsWhatIsStoredFromItsFirstStartOn() {
    store("old");
    try (TailedExport<SpanBatch> export = started()) {
      store("a", "b");
      export.wake();
      assertThat(remote.taken).containsExactly("acme:a", "acme:b");
      assertThat(count("otelcol_exporter_sent_spans")).isEqualTo(2);
    }
    assertThat(positions.saved).containsEntry("reader", 3L);
  }

  @Test
  void goesOnAfterARestartWhereItWas() {
    try (TailedExport<SpanBatch> export = started()) {
      store("a");
      export.wake();
    }
    store("b");
    try (TailedExport<SpanBatch> export = started()) {
      assertThat(remote.taken).containsExactly("acme:a", "acme:b");
      assertThat(export.readThrough()).isEqualTo(1);
    }
  }

  @Test
  void sendsAgainAfterAKillWhatWasNotSavedAsTaken() {
    store("old");
    TailedExport<SpanBatch> killed = started();
    remote.answer = new Delivery.Again(Duration.ZERO, "away");
    store("a", "b", "c");
    killed.wake();
    assertThat(remote.attempts).as("as many as there are consumers").isEqualTo(2);
    assertThat(positions.saved).containsEntry("reader", 1L);
    assertThat(killed.readThrough()).isEqualTo(1);

    sender.close(); // What the dead process had on its way comes to nothing.
    sender = sender();
    remote.answer = new Delivery.Taken(0, "");
    try (TailedExport<SpanBatch> export = started()) {
      assertThat(remote.taken).containsExactly("acme:a", "acme:b", "acme:c");
      assertThat(export.readThrough()).isEqualTo(1);
    }
    assertThat(positions.saved).containsEntry("reader", 4L);
  }

  @Test
  void waitsForARemoteThatIsAwayAndLosesNothing() {
    try (TailedExport<SpanBatch> export = started()) {
      remote.answer = new Delivery.Again(Duration.ZERO, "away");
      store("a", "b", "c", "d", "e");
      export.wake();
      time.advance(Duration.ofMinutes(2));
      assertThat(positions.saved).containsEntry("reader", 0L);
      remote.answer = new Delivery.Taken(0, "");
      time.advance(Duration.ofSeconds(30));
      assertThat(remote.taken)
          .containsExactlyInAnyOrder("acme:a", "acme:b", "acme:c", "acme:d", "acme:e");
      time.advance(Duration.ofSeconds(2));
      assertThat(positions.saved).containsEntry("reader", 5L);
      assertThat(count("otelcol_exporter_send_failed_spans")).isZero();
    }
  }

  @Test
  void givesUpAfterMaxElapsedTimeAndCounts() {
    sender = sender(Duration.ofSeconds(12));
    try (TailedExport<SpanBatch> export = started()) {
      remote.answer = new Delivery.Again(Duration.ZERO, "away");
      store("a");
      export.wake();
      time.advance(Duration.ofSeconds(20));
      assertThat(remote.attempts).as("after 0 s and 5 s, and not after 15 s").isEqualTo(2);
      assertThat(count("otelcol_exporter_send_failed_spans")).isEqualTo(1);
      remote.answer = new Delivery.Taken(0, "");
      store("b");
      export.wake();
      assertThat(remote.taken).containsExactly("acme:b");
    }
    assertThat(positions.saved).containsEntry("reader", 2L);
  }

  @Test
  void dropsAndCountsWhatIsRefusedForGood() {
    try (TailedExport<SpanBatch> export = started()) {
      remote.answer = new Delivery.Refused("no");
      store("a");
      export.wake();
      remote.answer = new Delivery.Taken(0, "");
      store("b");
      export.wake();
      assertThat(remote.taken).containsExactly("acme:b");
      assertThat(count("otelcol_exporter_send_failed_spans")).isEqualTo(1);
      assertThat(count("otelcol_exporter_sent_spans")).isEqualTo(1);
    }
  }

  @Test
  void sendsTheBatchesOfEachTenantApart() {
    try (TailedExport<SpanBatch> export = started()) {
      tail.store(ACME, "a");
      tail.store(GLOBEX, "b");
      export.wake();
      assertThat(remote.taken).containsExactly("acme:a", "globex:b");
      assertThat(remote.attempts).isEqualTo(2);
    }
  }

  @Test
  void appliesTheProcessorsThatTheStoredFormHasNotPassed() {
    List<Integer> seen = new ArrayList<>();
    try (TailedExport<SpanBatch> export = started(List.of(batch -> seen.add(batch.rows())))) {
      store("a");
      export.wake();
    }
    assertThat(seen).containsExactly(1);
  }

  @Test
  void countsWhatTheJournalHadToGiveUp() {
    try (TailedExport<SpanBatch> export = started()) {
      store("a");
      export.wake();
    }
    store("b", "c", "d");
    tail.removeThrough(3);
    try (TailedExport<SpanBatch> export = started()) {
      assertThat(remote.taken).containsExactly("acme:a", "acme:d");
      assertThat(missed()).isEqualTo(2);
      export.wake();
      assertThat(missed()).as("once").isEqualTo(2);
    }
  }

  private long missed() {
    return metrics
        .counter(
            "ghostworks_exporter_missed_frames_total",
            "",
            Labels.of("exporter", "otlp", "pipeline", "traces"))
        .value();
  }

  @Test
  void passesOverWhatCannotBeReadAfterSomeTries() {
    try (TailedExport<SpanBatch> export = started()) {
      store("a", "b");
      tail.unreadable = 1;
      export.wake();
      time.advance(Duration.ofSeconds(3));
      assertThat(remote.taken).containsExactly("acme:b");
      assertThat(missed()).isEqualTo(1);
    }
  }

  @Test
  void beginsAtTheEndOfAJournalThatIsNewerThanItsPosition() {
    positions.saved.put("reader", 50L);
    store("a");
    try (TailedExport<SpanBatch> export = started()) {
      store("b");
      export.wake();
      assertThat(remote.taken).containsExactly("acme:b");
    }
    assertThat(positions.saved).containsEntry("reader", 2L);
  }

  @Test
  void savesItsPositionOnceASecondAtMostAndKeepsItsCursor() {
    try (TailedExport<SpanBatch> export = started()) {
      time.advance(Duration.ofSeconds(1));
      int before = positions.saves;
      for (int i = 0; i < 100; i++) {
        store("a" + i);
        export.wake();
      }
      assertThat(positions.saves - before).isLessThanOrEqualTo(1);
      time.advance(Duration.ofSeconds(1));
      assertThat(positions.saved).containsEntry("reader", 100L);
      assertThat(positions.saves - before).isLessThanOrEqualTo(2);
      assertThat(tail.opened).isEqualTo(1);
    }
  }
}
