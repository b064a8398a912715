package io.ghostworks.series.part;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.series.level.LevelBuffer;
import io.ghostworks.series.select.LayerCursor;
import io.ghostworks.series.select.LayerMasks;
import io.ghostworks.series.select.MergedLayers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Writes the samples of several parts into one. */
public final class PartMerge {
  /** How many series are written from one pause to the next. */
  public static final int SERIES_BETWEEN = 32;

  private PartMerge() {}

  /** Lets something else happen in a merge. */
  @FunctionalInterface
  public interface Pause {
    /** For merges that nothing waits for. */
    Pause NONE = () -> {};

    /** Called between series. What it throws ends the merge. */
    void between() throws IOException;
  }

  /**
   * Copies all samples that are not hidden; of those at the same time of a series that of the first
   * part counts. A series without samples is left out.
   *
   * @param parts oldest first
   * @throws io.ghostworks.storage.bytes.DamagedDataException if a part is damaged
   */
  public static void merge(
      List<SeriesPart> parts, LayerMasks masks, SeriesPartWriter target, Pause pause)
      throws IOException {
    merge(
        parts,
        masks,
        (tenant, labels, samples) -> {
          target.add(tenant, labels, samples);
          if (target.seriesCount() % SERIES_BETWEEN == 0) {
            pause.between();
          }
        });
  }

  /**
   * Copies the downsampled rows of a part that are not hidden.
   *
   * @throws io.ghostworks.storage.bytes.DamagedDataException if the part is damaged
   */
  public static void copyRows(
      SeriesPart part, LayerMasks masks, SeriesPartWriter target, Pause pause) throws IOException {
    LevelBuffer rows = new LevelBuffer();
    try {
      for (TenantId tenant : part.tenants()) {
        LayerCursor series = masks.over(tenant, part, part.all(tenant));
        while (series.next()) {
          rows.clear();
          series.readRows(Long.MIN_VALUE, Long.MAX_VALUE, rows);
          if (rows.size() > 0) {
            target.add(tenant, series.labels(), rows);
            if (target.seriesCount() % SERIES_BETWEEN == 0) {
              pause.between();
            }
          }
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * Reads all that a merge would read of a part.
   *
   * @throws io.ghostworks.storage.bytes.DamagedDataException if the part is damaged
   */
  public static void check(SeriesPart part) throws IOException {
    merge(List.of(part), LayerMasks.NONE, (tenant, labels, samples) -> {});
  }

  private static void merge(List<SeriesPart> parts, LayerMasks masks, Target target)
      throws IOException {
    TreeSet<TenantId> tenants = new TreeSet<>();
    parts.forEach(part -> tenants.addAll(part.tenants()));
    SampleBuffer samples = new SampleBuffer();
    try {
      for (TenantId tenant : tenants) {
        List<LayerCursor> cursors = new ArrayList<>(parts.size());
        for (SeriesPart part : parts) {
          if (part.labels(tenant) != null) {
            cursors.add(masks.over(tenant, part, part.all(tenant)));
          }
        }
        MergedLayers series = new MergedLayers(cursors);
        while (series.next()) {
          series.read(Long.MIN_VALUE, Long.MAX_VALUE, samples);
          if (samples.size() > 0) {
            target.add(tenant, series.labels(), samples);
          }
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @FunctionalInterface
  private interface Target {
    void add(TenantId tenant, Labels labels, SampleBuffer samples) throws IOException;
  }
}
