package io.ghostworks.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.series.part.PartFacts;
import io.ghostworks.series.part.SeriesPart;
import io.ghostworks.series.part.SeriesPartWriter;
import io.ghostworks.storage.file.SimulatedFileSystem;
import io.ghostworks.storage.manifest.ManifestFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MergePlanTest {
  private static final long DAY_MS = 86_400_000;

  private final SimulatedFileSystem files = new SimulatedFileSystem(1);
  private final List<LivePart> parts = new ArrayList<>();

  @Test
  void mergesFourPartsOfALevelAndDay() throws IOException {
    add(20, 0, 3);
    add(21, 0, 1);
    assertThat(MergePlan.next(parts, 21 * DAY_MS)).isNull();
    add(20, 0, 1);
    MergePlan plan = MergePlan.next(parts, 20 * DAY_MS + 5);
    assertThat(plan).isNotNull();
    assertThat(plan.level()).isEqualTo(1);
    assertThat(plan.sources())
        .hasSize(4)
        .allMatch(part -> part.part.minTimestampMs() < 21 * DAY_MS);
  }

  @Test
  void makesOnePartOfADayThatIsOver() throws IOException {
    add(20, 0, 1);
    add(20, 2, 1);
    assertThat(MergePlan.next(parts, 21 * DAY_MS)).isNull();
    MergePlan plan = MergePlan.next(parts, 21 * DAY_MS + 3_600_000);
    assertThat(plan).isNotNull();
    assertThat(plan.level()).isEqualTo(MergePlan.WHOLE_DAY);
  }

  @Test
  void doesNotRewriteAWholeDayForEachLatePart() throws IOException {
    add(20, MergePlan.WHOLE_DAY, 1);
    add(20, 0, 3);
    assertThat(MergePlan.next(parts, 25 * DAY_MS)).isNull();
    add(20, 0, 1);
    assertThat(MergePlan.next(parts, 25 * DAY_MS).level()).isEqualTo(1);
    add(20, 3, 4);
    assertThat(MergePlan.next(parts, 25 * DAY_MS).level()).isEqualTo(MergePlan.WHOLE_DAY);
  }

  @Test
  void mergesABoundedNumberAtOnce() throws IOException {
    add(20, 0, 100);
    MergePlan plan = MergePlan.next(parts, 25 * DAY_MS);
    assertThat(plan).isNotNull();
    assertThat(plan.level()).isEqualTo(1);
    assertThat(plan.sources()).hasSize(32).containsExactlyElementsOf(parts.subList(0, 32));
  }

  private void add(int day, int level, int count) throws IOException {
    files.createDirectories(Path.of("/data"));
    for (int i = 0; i < count; i++) {
      String name = parts.size() + ".series";
      SampleBuffer sample = new SampleBuffer();
      sample.add(day * DAY_MS + i, 1, 0);
      try (SeriesPartWriter writer = SeriesPartWriter.create(files, Path.of("/data", name))) {
        writer.add(TenantId.DEFAULT, Labels.of("__name__", "m"), sample);
        PartFacts facts = writer.finish();
        parts.add(
            new LivePart(
                new ManifestFile(name, 1, level, facts.encode()),
                SeriesPart.open(files, Path.of("/data", name), facts)));
      }
    }
  }
}
