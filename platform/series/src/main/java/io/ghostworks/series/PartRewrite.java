package io.ghostworks.series;

import io.ghostworks.series.LiveLayers.Layers;
import io.ghostworks.series.part.PartFacts;
import io.ghostworks.series.part.PartMerge;
import io.ghostworks.series.part.SeriesPart;
import io.ghostworks.series.part.SeriesPartWriter;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes parts of a day anew: several into one, or one without what is hidden in it. Parts that are
 * damaged are left as they are from then on. Used by one thread at a time.
 */
final class PartRewrite {
  private static final Logger log = LoggerFactory.getLogger(PartRewrite.class);

  private final LiveLayers live;
  private final Retention retention;
  private final Parts parts;
  private final PartExchange exchange;
  private final Downsampling downsampling;

  /** Live parts that were found damaged; retained to the live ones with each use. */
  private final Set<LivePart> damaged = new HashSet<>();

  PartRewrite(
      LiveLayers live,
      Retention retention,
      Parts parts,
      PartExchange exchange,
      Downsampling downsampling) {
    this.live = live;
    this.retention = retention;
    this.parts = parts;
    this.exchange = exchange;
    this.downsampling = downsampling;
  }

  /** The live parts that cannot be rewritten since they are damaged. */
  Set<LivePart> damaged() {
    damaged.retainAll(new HashSet<>(live.current().parts()));
    return damaged;
  }

  /** The live parts of samples that can be merged. */
  List<LivePart> mergeable() {
    Set<LivePart> leftAlone = damaged();
    List<LivePart> all = new ArrayList<>(live.current().parts());
    all.removeIf(part -> !part.isRaw() || leftAlone.contains(part));
    return all;
  }

  /**
   * Puts one part, or none where nothing of them is visible, into the place of others; of
   * downsampled rows there is one.
   */
  void rewrite(MergePlan plan, PartMerge.Pause pause) throws IOException {
    try {
      exchange.replace(plan.sources(), write(plan.sources(), plan.level(), pause));
    } catch (DamagedDataException e) {
      setAside(plan.sources());
      throw e;
    }
  }

  private @Nullable LivePart write(List<LivePart> sources, int level, PartMerge.Pause pause)
      throws IOException {
    Layers layers = live.current();
    long through = layers.tombstones().highestSequence();
    List<SeriesPart> read = new ArrayList<>();
    for (LivePart source : sources) {
      through = Math.max(through, source.part.throughSequence());
      read.add(source.part);
    }
    PartFacts first = read.getFirst().facts();
    boolean rows = first.resolutionMs() > 0;
    Path path = parts.newPath();
    SeriesPartWriter writer =
        rows
            ? SeriesPartWriter.createRows(parts.files(), path, first.resolutionMs())
            : SeriesPartWriter.create(parts.files(), path);
    LivePart merged = null;
    try {
      Visibility visibility = visibility(layers, sources);
      if (rows) {
        PartMerge.copyRows(read.getFirst(), visibility, writer, pause);
      } else {
        PartMerge.merge(read, visibility, writer, pause);
      }
      if (writer.seriesCount() > 0) {
        PartFacts facts =
            writer.finish().withThroughSequence(through).withBuiltFrom(first.builtFrom());
        merged = parts.openNew(path, level, facts);
      }
    } catch (IOException | RuntimeException e) {
      parts.abandon(writer, path, e);
      throw e;
    }
    writer.close();
    if (merged == null) {
      parts.delete(path);
    }
    return merged;
  }

  /** What is past its retention may still have to become coarser rows, or have become some. */
  private Visibility visibility(Layers layers, List<LivePart> sources) {
    if (sources.stream().anyMatch(downsampling::awaits)) {
      return Visibility.ofDeletes(layers.tombstones());
    }
    Visibility visibility = retention.of(layers);
    LivePart first = sources.getFirst();
    return first.isStep(layers.parts())
        ? visibility.asRowsOf(first.part.resolutionMs())
        : visibility;
  }

  /** Leaves the damaged ones among the parts of a failed merge as they are from now on. */
  private void setAside(List<LivePart> sources) {
    List<LivePart> unreadable = new ArrayList<>();
    for (LivePart source : sources) {
      try {
        PartMerge.check(source.part);
      } catch (IOException e) {
        log.error("series: part {} is left out of merges", source.part.path(), e);
        unreadable.add(source);
      }
    }
    // Where each alone can be read, it is their combination that fails.
    damaged.addAll(unreadable.isEmpty() ? sources : unreadable);
  }
}
