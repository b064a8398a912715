package io.ghostworks.bench.kernel;

import io.ghostworks.bench.fleet.Fleet;
import io.ghostworks.bench.fleet.Target;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.series.part.PartFacts;
import io.ghostworks.series.part.PartMerge;
import io.ghostworks.series.part.SeriesPart;
import io.ghostworks.series.part.SeriesPartWriter;
import io.ghostworks.series.select.LayerMasks;
import io.ghostworks.storage.file.DiskFileSystem;
import io.ghostworks.storage.file.FileSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Eight parts of 15 minutes of the mix of targets merged into one: nanoseconds a sample, on the
 * real disk with fsync.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PartsMerge {
  private static final int PARTS = 8;
  private static final int SERIES = 4_367;
  private static final int SAMPLES = 60;
  private static final long FIRST_MS = 1_800_000_000_000L;
  private static final long STEP_MS = 15_000;

  private final Workspace workspace = Workspace.create();
  private final FileSystem files = new DiskFileSystem();
  private final List<SeriesPart> parts = new ArrayList<>();
  private int merged;

  public PartsMerge() {
    List<Target> targets = Fleet.of(1, 1).targets();
    try {
      for (int i = 0; i < PARTS; i++) {
        Path path = workspace.folder().resolve("source-" + i);
        parts.add(SeriesPart.open(files, path, write(targets, i, path)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the parts cannot be written", e);
    }
  }

  @Benchmark
  @OperationsPerInvocation(PARTS * SERIES * SAMPLES)
  public PartFacts merge() throws IOException {
    Path path = workspace.folder().resolve("merged-" + merged++);
    try (SeriesPartWriter writer = SeriesPartWriter.create(files, path)) {
      PartMerge.merge(parts, LayerMasks.NONE, writer, PartMerge.Pause.NONE);
      PartFacts facts = writer.finish();
      if (facts.samples() != (long) PARTS * SERIES * SAMPLES) {
        throw new IllegalStateException("%d samples were merged".formatted(facts.samples()));
      }
      return facts;
    } finally {
      files.deleteIfExists(path);
    }
  }

  @TearDown
  public void close() throws IOException {
    for (SeriesPart part : parts) {
      part.close();
    }
    workspace.close();
  }

  private PartFacts write(List<Target> targets, int number, Path path) throws IOException {
    Map<Labels, SampleBuffer> series = new TreeMap<>();
    for (Target target : targets) {
      List<SampleBuffer> buffers = new ArrayList<>();
      target
          .labels()
          .forEach(set -> {
            SampleBuffer buffer = new SampleBuffer();
            buffers.add(buffer);
            series.put(Labels.of(set), buffer);
          });
      for (int i = 0; i < SAMPLES; i++) {
        target.scrape(FIRST_MS + (number * SAMPLES + i) * STEP_MS);
        for (int k = 0; k < buffers.size(); k++) {
          long bits = Double.doubleToRawLongBits(target.values()[k]);
          buffers.get(k).add(target.timestampMs(), bits, 0);
        }
      }
    }
    try (SeriesPartWriter writer = SeriesPartWriter.create(files, path)) {
      for (Map.Entry<Labels, SampleBuffer> one : series.entrySet()) {
        writer.add(TenantId.DEFAULT, one.getKey(), one.getValue());
      }
      return writer.finish();
    }
  }
}
