package io.ghostworks.series;

import io.ghostworks.model.TenantId;
import io.ghostworks.series.LiveLayers.Layers;
import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.series.level.LevelBuffer;
import io.ghostworks.series.level.RowBuilder;
import io.ghostworks.series.level.RowMerge;
import io.ghostworks.series.part.PartFacts;
import io.ghostworks.series.part.PartMerge;
import io.ghostworks.series.part.SeriesPart;
import io.ghostworks.series.part.SeriesPartWriter;
import io.ghostworks.series.select.LayerCursor;
import io.ghostworks.series.select.MergedLayers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes the downsampled rows of a day as a {@link LevelPlan} says, series by series, into one new
 * part. What stands already stays where the day's samples do not know better: samples of the day
 * may have expired, and imports of the past bring only some. What deletes and retention hide is
 * left out. Used by one thread at a time.
 */
final class Downsampling {
  private final LiveLayers live;
  private final Retention retention;
  private final Parts parts;

  /** What was tried without making rows, by what of: empty or damaged days. */
  private final Map<Attempt, List<Long>> settled = new HashMap<>();

  Downsampling(LiveLayers live, Retention retention, Parts parts) {
    this.live = live;
    this.retention = retention;
    this.parts = parts;
  }

  /** The next plan, or null where all rows are made. */
  @Nullable LevelPlan next(long nowMs) {
    return LevelPlan.next(live.current(), nowMs, plan -> !isSettled(plan));
  }

  /** Whether rows are still to be made of a part, so that it must stay. */
  boolean awaits(LivePart part) {
    return LevelPlan.before(live.current(), part).stream().anyMatch(plan -> !isSettled(plan));
  }

  /** Notes that a plan makes no rows as long as nothing new comes. */
  void settle(LevelPlan plan) {
    settled.put(new Attempt(plan.day(), plan.resolutionMs()), plan.builtFrom());
  }

  private boolean isSettled(LevelPlan plan) {
    return plan.builtFrom().equals(settled.get(new Attempt(plan.day(), plan.resolutionMs())));
  }

  /** Writes the rows; null where there are none. The file is not in the manifest yet. */
  @Nullable LivePart build(LevelPlan plan, PartMerge.Pause pause) throws IOException {
    Layers layers = live.current();
    long through = layers.tombstones().highestSequence();
    for (LivePart source : plan.sources()) {
      through = Math.max(through, source.part.throughSequence());
    }
    Path path = parts.newPath();
    LivePart built = null;
    SeriesPartWriter writer = SeriesPartWriter.createRows(parts.files(), path, plan.resolutionMs());
    try {
      write(plan, retention.of(layers).asRowsOf(plan.resolutionMs()), writer, pause);
      if (writer.seriesCount() > 0) {
        PartFacts facts = writer.finish();
        built =
            parts.openNew(
                path, 0, facts.withThroughSequence(through).withBuiltFrom(plan.builtFrom()));
      }
    } catch (IOException | RuntimeException e) {
      parts.abandon(writer, path, e);
      throw e;
    }
    writer.close();
    if (built == null) {
      parts.delete(path);
    }
    return built;
  }

  private static void write(
      LevelPlan plan, Visibility visibility, SeriesPartWriter target, PartMerge.Pause pause)
      throws IOException {
    List<SeriesPart> read = new ArrayList<>();
    plan.sources().forEach(source -> read.add(source.part));
    int sources = read.size();
    if (plan.standing() != null) {
      read.add(plan.standing().part);
    }
    TreeSet<TenantId> tenants = new TreeSet<>();
    read.forEach(part -> tenants.addAll(part.tenants()));
    SeriesRows rows = new SeriesRows(plan, sources);
    try {
      for (TenantId tenant : tenants) {
        List<LayerCursor> cursors = new ArrayList<>(read.size());
        for (SeriesPart part : read) {
          cursors.add(visibility.over(tenant, part, part.all(tenant)));
        }
        MergedLayers series = new MergedLayers(cursors);
        while (series.next()) {
          LevelBuffer made = rows.of(series);
          if (made.size() > 0) {
            target.add(tenant, series.labels(), made);
            if (target.seriesCount() % PartMerge.SERIES_BETWEEN == 0) {
              pause.between();
            }
          }
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private record Attempt(long day, int resolutionMs) {}

  /** Makes the rows of one series after the other. */
  private static final class SeriesRows {
    private final boolean ofSamples;
    private final int sources;
    private final RowBuilder builder;
    private final RowMerge merge;
    private final SampleBuffer samples = new SampleBuffer();
    private final LevelBuffer finer = new LevelBuffer();
    private final LevelBuffer fresh = new LevelBuffer();
    private final LevelBuffer standing = new LevelBuffer();
    private final LevelBuffer merged = new LevelBuffer();

    SeriesRows(LevelPlan plan, int sources) {
      this.ofSamples = plan.sources().getFirst().isRaw();
      this.sources = sources;
      this.builder = new RowBuilder(plan.resolutionMs());
      this.merge = new RowMerge(plan.resolutionMs());
    }

    LevelBuffer of(MergedLayers series) {
      samples.clear();
      finer.clear();
      standing.clear();
      for (int i = 0; i < series.sources(); i++) {
        LayerCursor cursor = series.cursor(i);
        if (series.layer(i) >= sources) {
          cursor.readRows(Long.MIN_VALUE, Long.MAX_VALUE, standing);
        } else if (ofSamples) {
          cursor.read(Long.MIN_VALUE, Long.MAX_VALUE, samples);
        } else {
          cursor.readRows(Long.MIN_VALUE, Long.MAX_VALUE, finer);
        }
      }
      if (ofSamples) {
        samples.normalize();
        builder.build(samples, fresh);
      } else {
        builder.build(finer, fresh);
      }
      if (standing.size() == 0) {
        return fresh;
      }
      merge.merge(standing, fresh, merged);
      return merged;
    }
  }
}
