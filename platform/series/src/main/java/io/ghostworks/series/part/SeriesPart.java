package io.ghostworks.series.part;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.query.QueryContext;
import io.ghostworks.series.select.LabelIndex;
import io.ghostworks.series.select.LayerCursor;
import io.ghostworks.series.select.LayerReader;
import io.ghostworks.series.select.MatcherPostings;
import io.ghostworks.series.select.SelectedSeries;
import io.ghostworks.series.select.SeriesLayer;
import io.ghostworks.series.select.TextPool;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.DamagedDataException;
import io.ghostworks.storage.file.FileSystem;
import io.ghostworks.storage.part.PartReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * An open part of series, as {@link SeriesPartWriter} wrote it. The index is mapped and verified at
 * its first use, blocks of chunks whenever they are read; only the list of tenants is held in
 * memory. Safe for use by many threads until closed.
 */
public final class SeriesPart implements SeriesLayer, AutoCloseable {
  private static final String[] INDEX_SECTIONS = {
    SeriesPartFormat.TIMES,
    SeriesPartFormat.SERIES,
    SeriesPartFormat.LABELS,
    SeriesPartFormat.SYMBOLS,
    SeriesPartFormat.SYMBOL_ORDER,
    SeriesPartFormat.NAMES,
    SeriesPartFormat.PAIRS,
    SeriesPartFormat.POSTINGS
  };

  private final Path path;
  private final PartReader file;
  private final PartFacts facts;
  private final NavigableMap<TenantId, TenantRange> tenants;
  private final Object generation = new Object();
  private volatile @Nullable PartIndex index;

  private SeriesPart(
      Path path, PartReader file, PartFacts facts, NavigableMap<TenantId, TenantRange> tenants) {
    this.path = path;
    this.file = file;
    this.facts = facts;
    this.tenants = tenants;
  }

  /**
   * Opens a part.
   *
   * @throws DamagedDataException if it is not whole
   */
  public static SeriesPart open(FileSystem files, Path path, PartFacts facts) throws IOException {
    boolean rows = facts.resolutionMs() > 0;
    PartReader file =
        PartReader.open(files, path, rows ? SeriesPartFormat.LEVEL_KIND : SeriesPartFormat.KIND);
    try {
      int version = file.kindVersion();
      if (rows) {
        checkRows(file, path, facts);
      } else if (version < SeriesPartFormat.FIRST_VERSION || version > SeriesPartFormat.VERSION) {
        throw new DamagedDataException(
            "this release reads series parts of version %d to %d, got %d in %s"
                .formatted(
                    SeriesPartFormat.FIRST_VERSION, SeriesPartFormat.VERSION, version, path));
      }
      return new SeriesPart(path, file, facts, tenants(file));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static void checkRows(PartReader file, Path path, PartFacts facts) throws IOException {
    if (file.kindVersion() != SeriesPartFormat.LEVEL_VERSION) {
      throw new DamagedDataException(
          "this release reads parts of rows of version %d, got %d in %s"
              .formatted(SeriesPartFormat.LEVEL_VERSION, file.kindVersion(), path));
    }
    int resolutionMs = file.read(SeriesPartFormat.RESOLUTION, 10).getVarint(Integer.MAX_VALUE);
    if (resolutionMs != facts.resolutionMs()) {
      throw new DamagedDataException(
          "rows have windows of %d ms and the manifest says %d ms (%s)"
              .formatted(resolutionMs, facts.resolutionMs(), path));
    }
  }

  public Path path() {
    return path;
  }

  /** The version of the file's format. */
  public int formatVersion() {
    return file.kindVersion();
  }

  public PartFacts facts() {
    return facts;
  }

  /** The tenants that have series here, sorted. */
  public List<TenantId> tenants() {
    return List.copyOf(tenants.keySet());
  }

  /** How many series of a tenant are here. */
  public int series(TenantId tenant) {
    TenantRange range = tenants.get(tenant);
    return range == null ? 0 : range.series();
  }

  @Override
  public long minTimestampMs() {
    return facts.minTimestampMs();
  }

  @Override
  public long maxTimestampMs() {
    return facts.maxTimestampMs();
  }

  @Override
  public long resolutionMs() {
    return facts.resolutionMs();
  }

  @Override
  public long throughSequence() {
    return facts.throughSequence();
  }

  @Override
  public Object generation() {
    return generation;
  }

  @Override
  public int generationSize() {
    return 0; // nothing is added to a part
  }

  @Override
  public RoaringBitmap select(TenantId tenant, List<LabelMatcher> matchers, QueryContext context) {
    LabelIndex labels = labels(tenant);
    return labels == null ? new RoaringBitmap() : MatcherPostings.select(labels, matchers, context);
  }

  @Override
  public SelectedSeries resolve(RoaringBitmap numbers, TextPool pool, QueryContext context) {
    return new PartSeries(index(), pool).resolve(numbers, context);
  }

  @Override
  public LayerReader reader() {
    return facts.resolutionMs() > 0
        ? new RowRuns(index(), facts.resolutionMs())
        : new PartSamples(index());
  }

  /** All series of a tenant. */
  public LayerCursor all(TenantId tenant) {
    LabelIndex labels = labels(tenant);
    return new PartCursor(this, labels == null ? new RoaringBitmap() : labels.all());
  }

  /** One series, or null where the part does not have it. */
  public @Nullable LayerCursor find(TenantId tenant, Labels labels) {
    TenantRange range = tenants.get(tenant);
    if (range == null) {
      return null;
    }
    PartCursor cursor = new PartCursor(this, new RoaringBitmap());
    int low = range.firstSeries();
    int high = low + range.series() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      cursor.moveTo(middle);
      int order = cursor.labels().compareTo(labels);
      if (order == 0) {
        return cursor;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }

  @Override
  public @Nullable LabelIndex labels(TenantId tenant) {
    TenantRange range = tenants.get(tenant);
    return range == null ? null : new PartLabels(index(), range);
  }

  /** Reads every byte once, to find damage. */
  public void verify() throws IOException {
    for (var section : file.sections()) {
      file.verify(section.name());
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** The mapped index, verified. */
  PartIndex index() {
    PartIndex mapped = index;
    if (mapped == null) {
      try {
        mapped = openIndex();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return mapped;
  }

  private synchronized PartIndex openIndex() throws IOException {
    PartIndex mapped = index;
    if (mapped == null) {
      for (String section : INDEX_SECTIONS) {
        file.verify(section);
      }
      mapped =
          new PartIndex(
              path,
              file.kindVersion(),
              file.map(SeriesPartFormat.CHUNKS),
              file.section(SeriesPartFormat.CHUNKS).offset(),
              file.map(SeriesPartFormat.TIMES),
              file.map(SeriesPartFormat.SERIES),
              file.map(SeriesPartFormat.LABELS),
              file.map(SeriesPartFormat.SYMBOLS),
              file.map(SeriesPartFormat.SYMBOL_ORDER),
              file.map(SeriesPartFormat.NAMES),
              file.map(SeriesPartFormat.PAIRS),
              file.map(SeriesPartFormat.POSTINGS));
      index = mapped;
    }
    return mapped;
  }

  private static NavigableMap<TenantId, TenantRange> tenants(PartReader file) throws IOException {
    BytesInput in = file.read(SeriesPartFormat.TENANTS, SeriesPartFormat.TENANTS_BYTES_MAX + 8);
    NavigableMap<TenantId, TenantRange> tenants = new TreeMap<>();
    for (int left = in.getVarint(Integer.MAX_VALUE); left > 0; left--) {
      TenantId tenant = new TenantId(in.getString());
      tenants.put(
          tenant,
          new TenantRange(
              in.getVarint(Integer.MAX_VALUE),
              in.getVarint(Integer.MAX_VALUE),
              in.getVarint(Integer.MAX_VALUE),
              in.getVarint(Integer.MAX_VALUE)));
    }
    return Collections.unmodifiableNavigableMap(tenants);
  }

  /** Where a tenant's series and names stand. */
  record TenantRange(int firstSeries, int series, int firstName, int names) {}
}
