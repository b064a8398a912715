package io.ghostworks.series;

import io.ghostworks.journal.AppendOptions;
import io.ghostworks.journal.FileJournal;
import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.TelemetryTail;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.LabelSetNumbers;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.model.metric.MetricMetadata;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.series.SampleChanges;
import io.ghostworks.query.series.SeriesScan;
import io.ghostworks.query.series.SeriesSelection;
import io.ghostworks.query.series.SeriesSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The store of all tenants' series. Takes batches, answers selections, and gives acknowledged
 * batches again.
 *
 * <p>A batch is admitted row by row, written to the journal, made visible and then acknowledged.
 * The head holds what came since the last flush; a flush makes parts of it. Life: {@link #open}
 * once, which replays the journal; then everything else from any thread; {@link #close} once.
 * Before and after, batches are answered with {@link OverloadedException}, and everything else
 * fails with {@link IllegalStateException}. Damage that a query meets comes as {@link
 * java.io.UncheckedIOException} with file and offset.
 */
public final class SeriesEngine
    implements TelemetrySink<SeriesBatch>,
        SeriesSource,
        TelemetryTail<SeriesBatch>,
        SampleChanges,
        AutoCloseable {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final SeriesEnvironment environment;
  private final SeriesOptions options;
  private volatile @Nullable OpenEngine opened;

  public SeriesEngine(SeriesEnvironment environment, SeriesOptions options) {
    this.environment = environment;
    this.options = options;
  }

  /**
   * Opens the files and replays the journal; the engine is ready when this returns.
   *
   * @throws io.ghostworks.storage.bytes.DamagedDataException if manifest or parts are damaged
   */
  public void open() throws IOException {
    OpenEngine recovered = recover();
    recovered.journal().start();
    recovered.schedule().start();
    opened = recovered;
  }

  /**
   * As {@link #open}, without threads and timers: the caller drives the journal. For simulations.
   */
  FileJournal openDriven() throws IOException {
    OpenEngine recovered = recover();
    opened = recovered;
    return recovered.journal();
  }

  /** The label sets that the engine knows again by their senders' bytes. */
  public LabelSetNumbers labelSetNumbers() {
    return tenant -> {
      OpenEngine now = opened;
      return (now == null ? LabelSetNumbers.NONE : now.numbers()).lookup(tenant);
    };
  }

  /** Whether the journal is replayed; before, nothing is taken or answered. */
  public boolean ready() {
    return opened != null;
  }

  /** What the replay could not give back of what was acknowledged; empty if it is all there. */
  public Optional<String> lostInReplay() {
    return opened().lostInReplay();
  }

  /** Takes rows of senders that wait. */
  @Override
  public CompletableFuture<Acknowledgement> offer(TenantId tenant, SeriesBatch batch) {
    return offer(tenant, batch, AppendOptions.AWAITED);
  }

  /** Takes rows for which nobody waits: scrapes and the platform's own metrics. */
  public TelemetrySink<SeriesBatch> ridingAlong() {
    return (tenant, batch) -> offer(tenant, batch, AppendOptions.RIDING_ALONG);
  }

  /** Takes what rules write, also when the disk is too full for other rows. */
  public TelemetrySink<SeriesBatch> ruleOutput() {
    return (tenant, batch) -> offer(tenant, batch, AppendOptions.RULE_OUTPUT);
  }

  @Override
  public SeriesScan scan(SeriesSelection selection, QueryContext context) {
    return opened().reader().scan(selection, context);
  }

  @Override
  public List<Labels> series(
      List<List<LabelMatcher>> selectors,
      long startMs,
      long endMs,
      int limit,
      QueryContext context) {
    return opened().reader().series(selectors, startMs, endMs, limit, context);
  }

  /**
   * The names of labels. Without selectors they are those of whole layers that overlap the range,
   * so that a name may come from a series that had samples a little earlier or later.
   */
  @Override
  public List<String> labelNames(
      List<List<LabelMatcher>> selectors,
      long startMs,
      long endMs,
      int limit,
      QueryContext context) {
    return opened().reader().labelNames(selectors, startMs, endMs, limit, context);
  }

  /** The values of a label; without selectors as for {@link #labelNames}. */
  @Override
  public List<String> labelValues(
      String label,
      List<List<LabelMatcher>> selectors,
      long startMs,
      long endMs,
      int limit,
      QueryContext context) {
    return opened().reader().labelValues(label, selectors, startMs, endMs, limit, context);
  }

  @Override
  public Map<Labels, List<Exemplar>> exemplars(
      List<List<LabelMatcher>> selectors, long startMs, long endMs, QueryContext context) {
    return opened().reader().exemplars(selectors, startMs, endMs, context);
  }

  @Override
  public Map<String, List<MetricMetadata>> metadata(QueryContext context) {
    return opened().reader().metadata(context);
  }

  @Override
  public Watch watch(TenantId tenant) {
    return opened().watchChanges(tenant);
  }

  @Override
  public List<Times> since(TenantId tenant, Watch watch, long startMs, long endMs) {
    return opened().changes().since(tenant, watch.sequence(), startMs, endMs);
  }

  @Override
  public long endPosition() {
    return opened().tail().endPosition();
  }

  @Override
  public Cursor<SeriesBatch> cursor(long afterPosition) throws IOException {
    return opened().tail().cursor(afterPosition);
  }

  /**
   * Begins an import of history for a tenant: rows of any age that some level still keeps, in any
   * order, without the window of out-of-order samples.
   */
  public SeriesImport startImport(TenantId tenant) {
    return opened().imports().start(tenant);
  }

  /**
   * Takes batches of history, each of which is an import of its own: for few large ones. Many go
   * together by {@link #startImport}.
   */
  public TelemetrySink<SeriesBatch> imports() {
    return (tenant, batch) -> {
      OpenEngine now = opened;
      return now == null
          ? CompletableFuture.failedFuture(notReady())
          : now.importSink().offer(tenant, batch);
    };
  }

  /**
   * Deletes samples of a tenant's series that fulfil all matchers, in a range with both ends; what
   * is written afterwards is not concerned. The answer comes when the delete is durable and
   * visible; upkeep removes the samples from disk later. A range that ends before it starts holds
   * nothing to delete.
   *
   * @return fails with {@link OverloadedException} where the journal is full, or too many deletes
   *     wait for the removal of their samples
   */
  public CompletableFuture<Void> delete(
      TenantId tenant, List<LabelMatcher> matchers, long startMs, long endMs) {
    OpenEngine now = opened();
    return endMs < startMs
        ? CompletableFuture.completedFuture(null)
        : now.append().delete(tenant, matchers, startMs, endMs);
  }

  /**
   * Makes a snapshot of all tenants' series: of everything that was acknowledged before the call,
   * and of nothing that comes after it has been cut, while writing goes on.
   *
   * @param target its directory, on the file system of the data; must not exist
   * @param withHead whether it contains what is not yet in parts
   */
  public CompletableFuture<SeriesSnapshot> snapshot(Path target, boolean withHead) {
    return opened().schedule().snapshot(target, withHead);
  }

  /**
   * Writes every part anew that holds deleted samples; the answer comes when none does, but in
   * parts that are damaged.
   */
  public CompletableFuture<Void> cleanTombstones() {
    return opened().schedule().cleanTombstones();
  }

  /** Writes what is in memory into parts and releases the journal. */
  public void flush() throws IOException {
    opened().upkeep().flush(false);
  }

  /** Merges parts once; answers whether there was something to merge. */
  public boolean merge() throws IOException {
    return opened().upkeep().merge();
  }

  /**
   * Begins to write what is in memory and to merge all that is due, in the background; {@link
   * #compacting} tells when it has ended.
   */
  public void compact() {
    opened().schedule().compact();
  }

  /** Whether a compaction that was asked for goes on. */
  public boolean compacting() {
    return opened().schedule().compacting();
  }

  /** Makes the downsampled rows of one day; answers whether there were some to make. */
  public boolean downsample() throws IOException {
    return opened().upkeep().downsample();
  }

  /**
   * Writes one part anew without what is deleted, or past the retention of some of its series.
   *
   * @return whether there was one
   */
  public boolean clean() throws IOException {
    return opened().upkeep().clean(false);
  }

  /** Drops parts that are past retention. */
  public void expire() throws IOException {
    opened().upkeep().expire();
  }

  /**
   * What a tenant has in memory.
   *
   * @param limit entries of each list of largest labels; at least 1
   */
  public HeadStatistics headStatistics(TenantId tenant, int limit) {
    return opened().statistics().ofHead(tenant, limit);
  }

  /**
   * Which metrics of a tenant have series that begin and end.
   *
   * @param limit how many metrics
   */
  public SeriesChurn churn(TenantId tenant, int limit) {
    return opened().statistics().churn(tenant, limit);
  }

  /** The parts of all tenants on disk, oldest first. */
  public List<StoredPart> storedParts() {
    return opened().statistics().storedParts();
  }

  /** How much is stored, for status pages. */
  public SeriesStatistics statistics() {
    return opened().statistics().ofAll();
  }

  /** Ends the journal in good order; what it holds is replayed at the next start. */
  @Override
  public void close() throws IOException {
    OpenEngine now = opened;
    opened = null;
    if (now != null) {
      now.close();
    }
  }

  private CompletableFuture<Acknowledgement> offer(
      TenantId tenant, SeriesBatch batch, AppendOptions append) {
    OpenEngine now = opened;
    if (now == null) {
      return CompletableFuture.failedFuture(notReady());
    }
    return now.append().offer(tenant, batch, append);
  }

  private static OverloadedException notReady() {
    return new OverloadedException(
        "the series engine is not ready: its journal is being replayed", RETRY_AFTER);
  }

  private OpenEngine recover() throws IOException {
    OpenEngine recovered = new OpenEngine(environment, options);
    try {
      recovered.replay();
    } catch (IOException | RuntimeException e) {
      try {
        recovered.close();
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
    SeriesMetrics.register(this, environment.metrics());
    return recovered;
  }

  private OpenEngine opened() {
    OpenEngine now = opened;
    if (now == null) {
      throw new IllegalStateException("the series engine is not open");
    }
    return now;
  }
}
