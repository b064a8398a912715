package io.ghostworks.series;

import io.ghostworks.series.head.HeadLayer;
import io.ghostworks.series.select.SeriesLayer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What the engine consists of at this moment. A query pins it, and reads what it pinned whatever
 * happens meanwhile; a part that is not live any more goes to the janitor with its last pin.
 * Thread-safe.
 */
final class LiveLayers {
  private final Consumer<LivePart> janitor;
  private Layers current;

  LiveLayers(HeadLayer active, Consumer<LivePart> janitor) {
    this.janitor = janitor;
    this.current = new Layers(List.of(), List.of(), active, Tombstones.NONE);
  }

  synchronized Layers current() {
    return current;
  }

  /** Keeps what is live now until the pin is closed. */
  synchronized Pin pin() {
    current.parts.forEach(part -> part.users++);
    return new Pin(current);
  }

  /** Replaces what is live; parts that are left out are retired. */
  void replace(UnaryOperator<Layers> change) {
    List<LivePart> unused = new ArrayList<>();
    synchronized (this) {
      Layers next = change.apply(current);
      Set<LivePart> kept = new HashSet<>(next.parts);
      for (LivePart part : current.parts) {
        if (!kept.contains(part)) {
          part.retired = true;
          unuse(part, unused);
        }
      }
      current = next;
    }
    unused.forEach(janitor);
  }

  private void unpin(Layers layers) {
    List<LivePart> unused = new ArrayList<>();
    synchronized (this) {
      layers.parts.forEach(part -> unuse(part, unused));
    }
    unused.forEach(janitor);
  }

  private static void unuse(LivePart part, List<LivePart> unused) {
    part.users--;
    if (part.users == 0) {
      unused.add(part);
    }
  }

  /**
   * One state of the engine.
   *
   * @param parts oldest first
   * @param frozen heads that are being written into parts, oldest first
   * @param active the head that takes new samples
   * @param tombstones what is deleted in them
   */
  record Layers(
      List<LivePart> parts, List<HeadLayer> frozen, HeadLayer active, Tombstones tombstones) {
    private static final Comparator<LivePart> BY_TIME =
        Comparator.<LivePart>comparingLong(part -> part.part.minTimestampMs())
            .thenComparing(part -> part.file.name());

    Layers {
      parts = parts.stream().sorted(BY_TIME).toList();
      frozen = List.copyOf(frozen);
    }

    Layers withParts(List<LivePart> newParts) {
      return new Layers(newParts, frozen, active, tombstones);
    }

    Layers withTombstones(Tombstones newTombstones) {
      return new Layers(parts, frozen, active, newTombstones);
    }

    /** The parts of downsampled rows that may have some in a range, oldest first. */
    List<LivePart> levels(long startMs, long endMs) {
      List<LivePart> levels = null;
      for (LivePart part : parts) {
        if (!part.isRaw() && part.part.overlaps(startMs, endMs)) {
          levels = levels == null ? new ArrayList<>() : levels;
          levels.add(part);
        }
      }
      return levels == null ? List.of() : levels;
    }

    /** The layers of samples as they came that may have some in a range, oldest first. */
    List<SeriesLayer> overlapping(long startMs, long endMs) {
      List<SeriesLayer> layers = new ArrayList<>();
      for (LivePart part : parts) {
        if (part.isRaw() && part.part.overlaps(startMs, endMs)) {
          layers.add(part.part);
        }
      }
      for (HeadLayer layer : frozen) {
        if (layer.overlaps(startMs, endMs)) {
          layers.add(layer);
        }
      }
      if (active.overlaps(startMs, endMs)) {
        layers.add(active);
      }
      return layers;
    }

    /** The newest sample outside the active head, or {@code Long.MIN_VALUE}. */
    long newestOutsideHead() {
      long newest = Long.MIN_VALUE;
      for (LivePart part : parts) {
        newest = Math.max(newest, part.part.maxTimestampMs());
      }
      for (HeadLayer layer : frozen) {
        newest = Math.max(newest, layer.maxTimestampMs());
      }
      return newest;
    }
  }

  /** A pinned state; closed once or more often, by one thread. */
  final class Pin implements AutoCloseable {
    private final Layers layers;
    private boolean closed;

    private Pin(Layers layers) {
      this.layers = layers;
    }

    Layers layers() {
      return layers;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        unpin(layers);
      }
    }
  }
}
