package io.ghostworks.collector;

import io.ghostworks.collector.config.ComponentId;
import io.ghostworks.collector.config.Pipeline;
import io.ghostworks.collector.config.Signal;
import io.ghostworks.model.TelemetryTail;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The exports that read what was stored, and their positions. */
final class TailedExports implements AutoCloseable {
  private static final String READER_PREFIX = "exporter ";

  private final Surroundings around;
  private final ExportPositions positions;
  private final Map<String, Long> saved;
  private final List<Entry<?>> entries = new ArrayList<>();

  private record Entry<B>(
      String reader,
      Signal signal,
      ComponentId receiver,
      Function<SignalTails, Function<String, TelemetryTail<B>>> tails,
      TailedExport<B> export) {
    void start(SignalTails all) {
      export.start(tails.apply(all).apply(receiver.toString()));
    }
  }

  TailedExports(Surroundings around, ExportPositions positions) {
    this.around = around;
    this.positions = positions;
    this.saved = positions.load();
  }

  /**
   * Adds an exporter of a pipeline for what a receiver brings.
   *
   * @param steps the processors that the stored form has not passed
   */
  <B> void add(
      ComponentId exporter,
      ExporterSet.Remote remote,
      Pipeline pipeline,
      ComponentId receiver,
      BatchKind<B> kind,
      List<Route.Step<B>> steps) {
    String reader =
        (READER_PREFIX + "%s of pipeline %s and receiver %s")
            .formatted(exporter, pipeline.id(), receiver);
    TailedExport<B> export =
        new TailedExport<>(
            new TailedExport.Parts<>(
                reader,
                pipeline.id(),
                pipeline.signal(),
                kind,
                steps,
                remote.sending(),
                remote.encoding(),
                remote.sender(),
                positions,
                around.clock(),
                around.timers(),
                around.executor(),
                around.metrics()),
            saved.getOrDefault(reader, Long.MAX_VALUE));
    entries.add(new Entry<>(reader, pipeline.signal(), receiver, kind::tails, export));
  }

  /** The position behind which the journal has to be there still; none: the largest. */
  long readThrough() {
    long least = Long.MAX_VALUE;
    for (Entry<?> entry : entries) {
      least = Math.min(least, entry.export().readThrough());
    }
    return least;
  }

  /** Begins to read; positions of exports that the file no longer has are forgotten. */
  void start(SignalTails tails) {
    Set<String> left = new HashSet<>(saved.keySet());
    left.removeIf(reader -> !reader.startsWith(READER_PREFIX)); // those of other readers
    entries.forEach(entry -> left.remove(entry.reader()));
    left.forEach(positions::forget);
    entries.forEach(entry -> entry.start(tails));
  }

  /** Tells those that read what a receiver brings that something was stored. */
  Runnable waker(Signal signal, ComponentId receiver) {
    List<TailedExport<?>> readers = new ArrayList<>();
    for (Entry<?> entry : entries) {
      if (entry.signal() == signal && entry.receiver().equals(receiver)) {
        readers.add(entry.export());
      }
    }
    return () -> readers.forEach(TailedExport::wake);
  }

  @Override
  public void close() {
    entries.forEach(entry -> entry.export().close());
  }
}
