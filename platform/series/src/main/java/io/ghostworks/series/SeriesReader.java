package io.ghostworks.series;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.model.metric.MetricMetadata;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.series.SampleColumns;
import io.ghostworks.query.series.SeriesCursor;
import io.ghostworks.query.series.SeriesSelection;
import io.ghostworks.query.series.SeriesSource;
import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.series.select.LabelIndex;
import io.ghostworks.series.select.LayerCursor;
import io.ghostworks.series.select.MergedLayers;
import io.ghostworks.series.select.SeriesLayer;
import io.ghostworks.series.select.SeriesMask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Answers queries over head and parts. Each answer reads one pinned state of the engine. */
final class SeriesReader implements SeriesSource {
  private static final Comparator<String> UTF8_ORDER = Labels::compareUtf8;
  private static final long TEXT_BYTES = 64;
  private static final long LABELS_BYTES = 256;

  private final LiveLayers live;
  private final ExemplarStore exemplars;
  private final MetadataStore metadata;
  private final Retention retention;

  SeriesReader(
      LiveLayers live, Retention retention, ExemplarStore exemplars, MetadataStore metadata) {
    this.live = live;
    this.retention = retention;
    this.exemplars = exemplars;
    this.metadata = metadata;
  }

  @Override
  public SeriesCursor select(SeriesSelection selection, QueryContext context) {
    LiveLayers.Pin pin = live.pin();
    try {
      MergedLayers series =
          merged(pin, selection.matchers(), selection.startMs(), selection.endMs(), context);
      return new Cursor(pin, series, selection, context);
    } catch (RuntimeException e) {
      pin.close();
      throw e;
    }
  }

  @Override
  public List<Labels> series(
      List<List<LabelMatcher>> selectors,
      long startMs,
      long endMs,
      int limit,
      QueryContext context) {
    TreeSet<Labels> found = new TreeSet<>();
    walk(
        selectors,
        startMs,
        endMs,
        context,
        limit,
        labels -> {
          if (found.add(labels)) {
            context.reserve(LABELS_BYTES);
            if (limit > 0 && found.size() > limit) {
              found.pollLast();
              context.release(LABELS_BYTES);
            }
          }
        });
    return List.copyOf(found);
  }

  @Override
  public List<String> labelNames(
      List<List<LabelMatcher>> selectors,
      long startMs,
      long endMs,
      int limit,
      QueryContext context) {
    TreeSet<String> names = new TreeSet<>(UTF8_ORDER);
    if (selectors.isEmpty()) {
      forEachIndex(
          startMs,
          endMs,
          context,
          index -> names.addAll(index.names()),
          labels -> labels.forEach((name, value) -> names.add(name)));
    } else {
      walk(
          selectors,
          startMs,
          endMs,
          context,
          0,
          labels -> labels.forEach((name, value) -> names.add(name)));
    }
    return limited(names, limit, context);
  }

  @Override
  public List<String> labelValues(
      String label,
      List<List<LabelMatcher>> selectors,
      long startMs,
      long endMs,
      int limit,
      QueryContext context) {
    TreeSet<String> values = new TreeSet<>(UTF8_ORDER);
    if (selectors.isEmpty()) {
      forEachIndex(
          startMs,
          endMs,
          context,
          index -> {
            LabelIndex.Values all = index.values(label);
            while (all.next()) {
              add(values, all.value(), context);
            }
          },
          labels -> addValue(labels, label, values, context));
    } else {
      walk(
          selectors,
          startMs,
          endMs,
          context,
          0,
          labels -> addValue(labels, label, values, context));
    }
    return limited(values, limit, context);
  }

  @Override
  public Map<Labels, List<Exemplar>> exemplars(
      List<List<LabelMatcher>> selectors, long startMs, long endMs, QueryContext context) {
    context.check();
    TenantId tenant = context.tenant();
    Visibility visibility = retention.of(live.current());
    Map<Labels, List<Exemplar>> found =
        exemplars.select(
            tenant, selectors, Math.max(startMs, visibility.floorMs(tenant, 0)), endMs);
    Map<Labels, List<Exemplar>> kept = new TreeMap<>();
    found.forEach((labels, all) -> {
      long floorMs = visibility.floorMs(tenant, labels);
      List<Exemplar> seen =
          all.stream().filter(exemplar -> exemplar.timestampMs() >= floorMs).toList();
      if (!seen.isEmpty()) {
        kept.put(labels, seen);
      }
    });
    return kept;
  }

  @Override
  public Map<String, List<MetricMetadata>> metadata(QueryContext context) {
    context.check();
    return metadata.of(context.tenant());
  }

  private void walk(
      List<List<LabelMatcher>> selectors,
      long startMs,
      long endMs,
      QueryContext context,
      int limit,
      Consumer<Labels> target) {
    try (LiveLayers.Pin pin = live.pin()) {
      for (List<LabelMatcher> matchers : selectors) {
        MergedLayers series = merged(pin, matchers, startMs, endMs, context);
        int found = 0;
        while ((limit == 0 || found < limit) && series.next()) {
          context.check();
          if (series.hasSamples(startMs, endMs)) {
            target.accept(series.labels());
            found++;
          }
        }
      }
    }
  }

  /**
   * Gives the labels of all layers, or, of those where something is hidden, the series that can be
   * seen.
   */
  private void forEachIndex(
      long startMs,
      long endMs,
      QueryContext context,
      Consumer<LabelIndex> target,
      Consumer<Labels> seen) {
    try (LiveLayers.Pin pin = live.pin()) {
      Visibility visibility = retention.of(pin.layers());
      TenantId tenant = context.tenant();
      long fromMs = Math.max(startMs, visibility.floorMs(tenant, 0));
      for (SeriesLayer layer : pin.layers().overlapping(fromMs, endMs)) {
        context.check();
        LabelIndex index = layer.labels(tenant);
        SeriesMask mask = index == null ? null : visibility.of(tenant, layer);
        if (mask != null) {
          forEachSeen(visibility, layer, fromMs, endMs, context, seen);
        } else if (index != null) {
          target.accept(index);
        }
      }
    }
  }

  private static void forEachSeen(
      Visibility visibility,
      SeriesLayer layer,
      long startMs,
      long endMs,
      QueryContext context,
      Consumer<Labels> seen) {
    TenantId tenant = context.tenant();
    LayerCursor cursor = visibility.over(tenant, layer, layer.select(tenant, List.of(), context));
    while (cursor.next()) {
      context.check();
      if (cursor.hasSamples(startMs, endMs)) {
        seen.accept(cursor.labels());
      }
    }
  }

  private MergedLayers merged(
      LiveLayers.Pin pin,
      List<LabelMatcher> matchers,
      long startMs,
      long endMs,
      QueryContext context) {
    Visibility visibility = retention.of(pin.layers());
    TenantId tenant = context.tenant();
    long fromMs = Math.max(startMs, visibility.floorMs(tenant, 0));
    List<LayerCursor> cursors = new ArrayList<>();
    for (SeriesLayer layer : pin.layers().overlapping(fromMs, endMs)) {
      context.check();
      cursors.add(visibility.over(tenant, layer, layer.select(tenant, matchers, context)));
    }
    return new MergedLayers(cursors);
  }

  private static void addValue(
      Labels labels, String label, Set<String> values, QueryContext context) {
    String value = labels.find(label);
    if (value != null) {
      add(values, value, context);
    }
  }

  private static void add(Set<String> values, String value, QueryContext context) {
    if (values.add(value)) {
      context.reserve(TEXT_BYTES + value.length());
    }
  }

  private static List<String> limited(Set<String> texts, int limit, QueryContext context) {
    context.check();
    return limit > 0 && texts.size() > limit
        ? texts.stream().limit(limit).toList()
        : List.copyOf(texts);
  }

  private static final class Cursor implements SeriesCursor {
    private final LiveLayers.Pin pin;
    private final MergedLayers series;
    private final SeriesSelection selection;
    private final QueryContext context;
    private final SampleBuffer samples = new SampleBuffer();
    private long reservedBytes;

    Cursor(
        LiveLayers.Pin pin, MergedLayers series, SeriesSelection selection, QueryContext context) {
      this.pin = pin;
      this.series = series;
      this.selection = selection;
      this.context = context;
    }

    @Override
    public boolean next() {
      while (series.next()) {
        context.check();
        series.read(selection.startMs(), selection.endMs(), samples);
        if (samples.bytes() > reservedBytes) {
          context.reserve(samples.bytes() - reservedBytes);
          reservedBytes = samples.bytes();
        }
        if (samples.size() > 0) {
          context.countSamples(samples.size());
          return true;
        }
      }
      return false;
    }

    @Override
    public Labels labels() {
      return series.labels();
    }

    @Override
    public SampleColumns samples() {
      return samples.columns();
    }

    @Override
    public void close() {
      pin.close();
      context.release(reservedBytes);
      reservedBytes = 0;
    }
  }
}
