package io.ghostworks.series;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.series.head.HeadIndex;
import io.ghostworks.series.head.HeadLayer;
import io.ghostworks.series.select.LayerCursor;
import io.ghostworks.series.select.SeriesMask;
import io.ghostworks.storage.bytes.BytesOutput;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is stored of a series behind its newest sample, for admission to compare late and repeated
 * samples with. Remembers what it read while one batch is admitted. A damaged part counts as empty
 * here: its damage is reported to whoever reads it, and must not hold up new samples.
 */
final class StoredSamples {
  private static final Logger log = LoggerFactory.getLogger(StoredSamples.class);
  private static final long REMEMBERED_BYTES_MAX = 64L << 20;

  private final LiveLayers live;
  private final Retention retention;
  private final BytesOutput scratch = new BytesOutput(512, Integer.MAX_VALUE - 64);
  private final Map<Integer, Remembered> remembered = new HashMap<>();
  private long rememberedBytes;

  StoredSamples(LiveLayers live, Retention retention) {
    this.live = live;
    this.retention = retention;
  }

  /** Forgets what was read for the batch before. */
  void forget() {
    remembered.clear();
    rememberedBytes = 0;
  }

  /** All samples from a time on, and perhaps some before it. */
  SampleBuffer from(HeadIndex index, int series, long startMs) {
    Remembered known = remembered.get(series);
    if (known != null && known.startMs <= startMs) {
      return known.samples;
    }
    SampleBuffer samples = read(index, series, startMs);
    if (rememberedBytes + samples.bytes() > REMEMBERED_BYTES_MAX) {
      forget();
    }
    remembered.put(series, new Remembered(startMs, samples));
    rememberedBytes += samples.bytes();
    return samples;
  }

  /**
   * The time of the newest sample from a time on that a part, or a head that is being written, has
   * of a series; or {@code Long.MIN_VALUE}.
   */
  long newestOutsideHead(HeadIndex index, int series, long startMs) {
    SampleBuffer samples = new SampleBuffer();
    try (LiveLayers.Pin pin = live.pin()) {
      readOutsideHead(pin.layers(), index, series, startMs, samples);
    }
    long newest = Long.MIN_VALUE;
    for (int i = 0; i < samples.size(); i++) {
      newest = Math.max(newest, samples.timestampMs(i));
    }
    return newest;
  }

  private SampleBuffer read(HeadIndex index, int series, long startMs) {
    SampleBuffer samples = new SampleBuffer();
    try (LiveLayers.Pin pin = live.pin()) {
      LiveLayers.Layers layers = pin.layers();
      readOutsideHead(layers, index, series, startMs, samples);
      int number = numberIn(layers.active().store().index(), index, series);
      if (number >= 0) {
        layers.active().read(number, startMs, Long.MAX_VALUE, scratch, samples);
      }
    }
    samples.normalize();
    return samples;
  }

  private void readOutsideHead(
      LiveLayers.Layers layers, HeadIndex index, int series, long startMs, SampleBuffer target) {
    Visibility visibility = retention.of(layers);
    TenantId tenant = index.tenantOf(series);
    Labels labels = null;
    for (LivePart part : layers.parts()) {
      if (part.isRaw() && part.part.maxTimestampMs() >= startMs) {
        labels = labels == null ? index.labels(series) : labels;
        readPart(part, visibility, tenant, labels, startMs, target);
      }
    }
    for (HeadLayer frozen : layers.frozen()) {
      int number = numberIn(frozen.store().index(), index, series);
      if (number >= 0) {
        readFrozen(frozen, number, visibility.of(tenant, frozen), startMs, target);
      }
    }
  }

  private void readFrozen(
      HeadLayer frozen, int number, @Nullable SeriesMask mask, long startMs, SampleBuffer target) {
    if (mask == null) {
      frozen.read(number, startMs, Long.MAX_VALUE, scratch, target);
    } else {
      mask.visible(
          frozen.store().index().labels(number),
          startMs,
          Long.MAX_VALUE,
          (from, through) -> frozen.read(number, from, through, scratch, target));
    }
  }

  /** The number of a series in another generation, or -1. */
  private static int numberIn(HeadIndex other, HeadIndex index, int series) {
    if (other == index) {
      return series;
    }
    return other.find(index, series);
  }

  private static void readPart(
      LivePart part,
      Visibility visibility,
      TenantId tenant,
      Labels labels,
      long startMs,
      SampleBuffer target) {
    try {
      LayerCursor cursor = part.part.find(tenant, labels);
      if (cursor != null) {
        visibility.over(tenant, part.part, cursor).read(startMs, Long.MAX_VALUE, target);
      }
    } catch (UncheckedIOException e) {
      log.error("a part cannot be read while samples are admitted", e);
    }
  }

  private record Remembered(long startMs, SampleBuffer samples) {}
}
