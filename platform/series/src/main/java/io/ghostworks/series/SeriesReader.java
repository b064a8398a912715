package io.ghostworks.series;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.model.metric.MetricMetadata;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.series.SeriesScan;
import io.ghostworks.query.series.SeriesSelection;
import io.ghostworks.query.series.SeriesSource;
import io.ghostworks.series.select.LabelIndex;
import io.ghostworks.series.select.MergedSelection;
import io.ghostworks.series.select.SelectionCache;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Answers queries over head and parts. Each answer reads one pinned state of the engine. */
final class SeriesReader implements SeriesSource {
  private static final Comparator<String> UTF8_ORDER = Labels::compareUtf8;
  private static final long TEXT_BYTES = 64;
  private static final long LABELS_BYTES = 256;

  private final LiveLayers live;
  private final SelectionCache selections;
  private final ExemplarStore exemplars;
  private final MetadataStore metadata;
  private final Retention retention;

  SeriesReader(
      LiveLayers live,
      SelectionCache selections,
      Retention retention,
      ExemplarStore exemplars,
      MetadataStore metadata) {
    this.live = live;
    this.selections = selections;
    this.retention = retention;
    this.exemplars = exemplars;
    this.metadata = metadata;
  }

  @Override
  public SeriesScan scan(SeriesSelection selection, QueryContext context) {
    LiveLayers.Pin pin = live.pin();
    try {
      Visibility visibility = retention.of(pin.layers());
      LevelSelection needed =
          LevelSelection.of(
              pin.layers(),
              visibility,
              context.tenant(),
              selection.startMs(),
              selection.endMs(),
              selection.resolutionMs());
      List<VisibleLayer> layers = needed.visible(visibility, context.tenant());
      MergedSelection series = select(layers, selection.matchers(), context);
      Supplier<SeriesRows> readers =
          needed.levels().isEmpty()
              ? () -> new SampleReader(layers, series, selection)
              : () -> new LevelledReader(needed, layers, series, visibility, selection, context);
      return new LayerScan(pin, series, readers, context);
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
      long floorMs = visibility.floorMs(tenant, labels, 0);
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
      List<VisibleLayer> layers = layers(pin, context.tenant(), startMs, endMs);
      for (List<LabelMatcher> matchers : selectors) {
        MergedSelection series = select(layers, matchers, context);
        LayersReader reader = new LayersReader(layers, series);
        int found = 0;
        for (int i = 0; i < series.size() && (limit == 0 || found < limit); i++) {
          context.check();
          if (reader.hasAny(i, reader.layers(), startMs, endMs)) {
            target.accept(series.labels(i));
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
      for (VisibleLayer layer : layers(pin, context.tenant(), startMs, endMs)) {
        context.check();
        LabelIndex index = layer.layer().labels(context.tenant());
        if (index != null && layer.mask() != null) {
          forEachSeen(layer, startMs, endMs, context, seen);
        } else if (index != null) {
          target.accept(index);
        }
      }
    }
  }

  private void forEachSeen(
      VisibleLayer layer, long startMs, long endMs, QueryContext context, Consumer<Labels> seen) {
    List<VisibleLayer> only = List.of(layer);
    MergedSelection series = select(only, List.of(), context);
    LayersReader reader = new LayersReader(only, series);
    for (int i = 0; i < series.size(); i++) {
      context.check();
      if (reader.hasAny(i, reader.layers(), startMs, endMs)) {
        seen.accept(series.labels(i));
      }
    }
  }

  /** The layers that may have visible samples or rows in a range; those of samples come first. */
  private List<VisibleLayer> layers(LiveLayers.Pin pin, TenantId tenant, long startMs, long endMs) {
    Visibility visibility = retention.of(pin.layers());
    return LevelSelection.of(pin.layers(), visibility, tenant, startMs, endMs, 0)
        .visible(visibility, tenant);
  }

  private MergedSelection select(
      List<VisibleLayer> layers, List<LabelMatcher> matchers, QueryContext context) {
    return selections.select(layers.stream().map(VisibleLayer::layer).toList(), matchers, context);
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
}
