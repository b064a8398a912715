package io.ghostworks.series;

import io.ghostworks.model.Rejection.Reason;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.query.QueryContext;
import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.series.part.SeriesPart;
import io.ghostworks.series.part.SeriesPartWriter;
import io.ghostworks.series.select.LayerCursor;
import io.ghostworks.series.select.LayerReader;
import io.ghostworks.series.select.SelectedSeries;
import io.ghostworks.series.select.SeriesLayer;
import io.ghostworks.series.select.SeriesMask;
import io.ghostworks.series.select.TextPool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows of an import as parts, one a UTC day. A sample that is stored already at its time
 * stays as it is. Used by one thread.
 */
final class ImportWriter {
  private static final long DAY_MS = 86_400_000;

  /** How many parts are written at once. */
  private static final int DAYS_AT_ONCE = 64;

  private final Parts parts;
  private final LiveLayers live;
  private final TenantId tenant;
  private final Rejections rejections;
  private final QueryContext context;
  private final SampleBuffer samples = new SampleBuffer();
  private final SampleBuffer stored = new SampleBuffer();
  private final SampleBuffer ofDay = new SampleBuffer();

  ImportWriter(
      Parts parts, LiveLayers live, TenantId tenant, Rejections rejections, QueryContext context) {
    this.parts = parts;
    this.live = live;
    this.tenant = tenant;
    this.rejections = rejections;
    this.context = context;
  }

  /** Writes parts that no manifest names yet; the caller owns them. */
  List<LivePart> write(ImportRows rows) throws IOException {
    List<LivePart> written = new ArrayList<>();
    if (rows.size() == 0) {
      return written;
    }
    try (LiveLayers.Pin pin = live.pin()) {
      ImportRows.Sorted sorted = rows.sorted();
      long last = Math.floorDiv(rows.maxTimestampMs(), DAY_MS);
      for (long day = Math.floorDiv(rows.minTimestampMs(), DAY_MS);
          day <= last;
          day += DAYS_AT_ONCE) {
        long end = Math.min(last + 1, day + DAYS_AT_ONCE) * DAY_MS - 1;
        writeDays(pin.layers(), sorted, day * DAY_MS, end, written);
      }
      return written;
    } catch (IOException | RuntimeException e) {
      discard(written);
      throw e;
    }
  }

  /** Closes and deletes parts that were written. */
  void discard(List<LivePart> written) throws IOException {
    for (LivePart part : written) {
      part.part.close();
      parts.delete(part.part.path());
    }
  }

  private void writeDays(
      LiveLayers.Layers layers,
      ImportRows.Sorted sorted,
      long startMs,
      long endMs,
      List<LivePart> written)
      throws IOException {
    List<SeriesLayer> overlapping = layers.overlapping(startMs, endMs);
    Visibility visibility = Visibility.ofDeletes(layers.tombstones());
    Map<Long, Day> days = new TreeMap<>();
    try {
      for (int series = 0; series < sorted.series(); series++) {
        int different = sorted.read(series, startMs, endMs, samples);
        if (samples.size() == 0) {
          continue;
        }
        Labels labels = sorted.labels(series);
        if (different > 0) {
          refuse(different, labels, samples.timestampMs(0));
        }
        readStored(overlapping, visibility, labels);
        add(labels, days);
      }
      for (Day day : days.values()) {
        written.add(
            parts.openNew(
                day.path,
                0,
                day.writer.finish().withThroughSequence(layers.tombstones().highestSequence())));
        day.written = true;
      }
    } finally {
      for (Day day : days.values()) {
        day.close(parts);
      }
    }
  }

  private void readStored(List<SeriesLayer> layers, Visibility visibility, Labels labels) {
    stored.clear();
    long from = samples.timestampMs(0);
    long through = samples.timestampMs(samples.size() - 1);
    for (SeriesLayer layer : layers) {
      if (layer.resolutionMs() != 0 || !layer.overlaps(from, through)) {
        continue;
      }
      if (layer instanceof SeriesPart part) {
        LayerCursor cursor = part.find(tenant, labels);
        if (cursor != null) {
          visibility.over(tenant, layer, cursor).read(from, through, stored);
        }
      } else {
        readHead(layer, visibility.of(tenant, layer), labels, from, through);
      }
    }
    stored.normalize();
  }

  private void readHead(
      SeriesLayer layer, @Nullable SeriesMask mask, Labels labels, long from, long through) {
    List<LabelMatcher> matchers = new ArrayList<>();
    labels.forEach((name, value) -> matchers.add(new LabelMatcher.Equal(name, value)));
    SelectedSeries found =
        layer.resolve(layer.select(tenant, matchers, context), new TextPool(), context);
    LayerReader reader = layer.reader();
    for (int i = 0; i < found.numbers().length; i++) {
      int number = found.numbers()[i];
      if (!found.labels()[i].equals(labels)) {
        continue;
      }
      if (mask == null) {
        reader.read(number, from, through, stored);
      } else {
        mask.visible(
            labels, from, through, (start, end) -> reader.read(number, start, end, stored));
      }
    }
  }

  private void add(Labels labels, Map<Long, Day> days) throws IOException {
    int at = 0;
    while (at < samples.size()) {
      long day = Math.floorDiv(samples.timestampMs(at), DAY_MS);
      ofDay.clear();
      for (; at < samples.size() && Math.floorDiv(samples.timestampMs(at), DAY_MS) == day; at++) {
        int known = stored.size() == 0 ? -1 : stored.find(samples.timestampMs(at));
        if (known < 0) {
          copy(at);
        } else if (!isStored(at, known)) {
          refuse(1, labels, samples.timestampMs(at));
        }
      }
      if (ofDay.size() > 0) {
        Day target = days.get(day);
        if (target == null) {
          target = new Day(parts);
          days.put(day, target);
        }
        target.writer.add(tenant, labels, ofDay);
      }
    }
  }

  private void copy(int index) {
    FloatHistogram histogram = samples.histogram(index);
    long start = samples.startTimestampMs(index);
    if (histogram == null) {
      ofDay.add(samples.timestampMs(index), samples.valueBits(index), start);
    } else {
      ofDay.add(samples.timestampMs(index), histogram, start);
    }
  }

  private boolean isStored(int index, int known) {
    FloatHistogram histogram = samples.histogram(index);
    if (histogram != null) {
      return histogram.equals(stored.histogram(known));
    }
    return stored.histogram(known) == null && stored.valueBits(known) == samples.valueBits(index);
  }

  private void refuse(int count, Labels labels, long timeMs) {
    for (int i = 0; i < count; i++) {
      rejections.add(
          Reason.DUPLICATE_TIMESTAMP,
          () ->
              "a series must have one value a timestamp, got a different one near %s of %s"
                  .formatted(Instant.ofEpochMilli(timeMs), labels));
    }
  }

  /** The part of a day on its way. */
  private static final class Day {
    private final Path path;
    private final SeriesPartWriter writer;
    private boolean written;

    Day(Parts parts) throws IOException {
      path = parts.newPath();
      writer = SeriesPartWriter.create(parts.files(), path);
    }

    void close(Parts parts) throws IOException {
      writer.close();
      if (!written) {
        parts.delete(path);
      }
    }
  }
}
