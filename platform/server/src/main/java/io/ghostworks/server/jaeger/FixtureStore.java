package io.ghostworks.server.jaeger;

import io.ghostworks.journal.JournalEnvironment;
import io.ghostworks.journal.JournalOptions;
import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.model.record.ValueText;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.records.RecordRetention;
import io.ghostworks.records.RecordsEngine;
import io.ghostworks.records.RecordsEnvironment;
import io.ghostworks.records.RecordsOptions;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.storage.directory.DiskSpaceGuard;
import io.ghostworks.storage.directory.DiskSpaceLimits;
import io.ghostworks.storage.file.DiskFileSystem;
import io.ghostworks.wire.jaeger.json.JaegerIds;
import io.ghostworks.wire.jaeger.json.JaegerJson;
import io.ghostworks.wire.otlp.OtlpDecoder;
import io.ghostworks.wire.otlp.OtlpEncoding;
import io.ghostworks.wire.otlp.OtlpLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** A fresh records engine in a folder of its own, which is removed with it. */
final class FixtureStore implements AutoCloseable {

  private static final Duration FOREVER = Duration.ofDays(36_500);
  private static final long MIB = 1 << 20;

  private final Path folder;
  private final ExecutorService background;
  private final MemoryLedger ledger = new MemoryLedger();
  private final MemoryBudget queries = ledger.open("queries", 128 * MIB);
  private final Clock clock = Clock.system();
  private final RecordsEngine engine;

  private FixtureStore(Path folder, ExecutorService background) throws IOException {
    this.folder = folder;
    this.background = background;
    DiskFileSystem files = new DiskFileSystem();
    DiskSpaceGuard disk = new DiskSpaceGuard(files, folder, new DiskSpaceLimits(2, 1, 0, 0));
    disk.measure();
    this.engine =
        RecordsEngine.open(
                new RecordsEnvironment(
                    new JournalEnvironment(
                        files,
                        clock,
                        new Random(),
                        disk,
                        ledger.open("journal/records", 64 * MIB),
                        background),
                    folder.resolve("records"),
                    folder.resolve("journal/records"),
                    clock,
                    ledger.open("records/memory", 128 * MIB),
                    background,
                    new PlatformMetrics()),
                RecordsOptions.defaults(
                    JournalOptions.defaults(), new RecordRetention(FOREVER, FOREVER, FOREVER)))
            .start();
  }

  static FixtureStore open() throws IOException {
    ExecutorService background =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
    return new FixtureStore(Files.createTempDirectory("ghostworks-conformance"), background);
  }

  RecordSource source() {
    return engine.source();
  }

  QueryContext context() {
    return new QueryContext(TenantId.DEFAULT, clock, Duration.ofMinutes(1), queries, 64 * MIB);
  }

  /**
   * Stores what a folder holds, and flushes it.
   *
   * @return the content of each trace by its id, by the name of its file without {@code .json}
   */
  Map<String, Map<String, String>> load(Path traces) throws IOException {
    Map<String, Map<String, String>> fixtures = new HashMap<>();
    try (Stream<Path> files = Files.list(traces)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        SpanBatch batch = read(Files.readAllBytes(file));
        String name = String.valueOf(file.getFileName());
        fixtures.put(name.substring(0, name.length() - ".json".length()), traces(batch));
        Acknowledgement stored = engine.spanSink().offer(TenantId.DEFAULT, batch).join();
        if (!stored.rejections().isEmpty()) {
          throw new IOException("%s: %s".formatted(file, stored.rejections()));
        }
      }
    }
    engine.flush();
    return fixtures;
  }

  /** A trace as OTLP's JSON, else as Jaeger's. */
  private static SpanBatch read(byte[] text) {
    String start = new String(text, 0, Math.min(text.length, 256), StandardCharsets.UTF_8);
    return start.contains("\"resourceSpans\"")
        ? new OtlpDecoder(OtlpLimits.DEFAULT)
            .traces(OtlpEncoding.JSON, text, 0, text.length)
            .batch()
        : JaegerJson.read(text, 0, text.length).batch();
  }

  /** What the traces of a batch are, by their ids; equal for equal traces. */
  static Map<String, String> traces(SpanBatch batch) {
    Map<String, TreeSet<String>> spans = new TreeMap<>();
    for (int row = 0; row < batch.rows(); row++) {
      spans
          .computeIfAbsent(
              JaegerIds.longTrace(batch.traceIdHigh(row), batch.traceIdLow(row)),
              id -> new TreeSet<>())
          .add(span(batch, row));
    }
    Map<String, String> texts = new TreeMap<>();
    spans.forEach((id, each) -> texts.put(id, String.join("; ", each)));
    return texts;
  }

  private static String span(SpanBatch batch, int row) {
    List<String> parts = new ArrayList<>();
    parts.add(JaegerIds.span(batch.spanId(row)));
    parts.add(JaegerIds.span(batch.parentSpanId(row)));
    parts.add(batch.arena().text(batch.name(row)));
    parts.add(batch.startNanos(row) + "-" + batch.endNanos(row));
    parts.add("kind " + batch.kind(row) + " status " + batch.statusCode(row));
    parts.add("scope " + batch.arena().text(batch.scopes().name(batch.scope(row))));
    parts.add(attributes(batch.resources().attributes(), batch.resource(row)));
    parts.add(attributes(batch.scopes().attributes(), batch.scope(row)));
    parts.add(attributes(batch.attributes(), row));
    for (int event = batch.eventStart(row); event < batch.eventEnd(row); event++) {
      parts.add(
          "event "
              + batch.events().timeNanos(event)
              + attributes(batch.events().attributes(), event));
    }
    for (int link = batch.linkStart(row); link < batch.linkEnd(row); link++) {
      parts.add(
          "link "
              + JaegerIds.span(batch.links().spanId(link))
              + attributes(batch.links().attributes(), link));
    }
    return String.join(" ", parts);
  }

  private static String attributes(AttributeColumns attributes, int row) {
    TreeSet<String> texts = new TreeSet<>();
    for (int entry = attributes.start(row); entry < attributes.end(row); entry++) {
      texts.add(attributes.key(entry) + "=" + ValueText.of(attributes.values(), entry));
    }
    return texts.toString();
  }

  @Override
  public void close() throws IOException {
    engine.close();
    background.shutdown();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
