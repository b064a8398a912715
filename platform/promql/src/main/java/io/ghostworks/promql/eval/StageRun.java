package io.ghostworks.promql.eval;

import io.ghostworks.query.QueryContext;
import io.ghostworks.query.series.SampleColumns;
import io.ghostworks.query.series.SeriesScan;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a stage over the series of a scan, on the query's thread and on helpers, in batches. What
 * comes of the series is handed on in their order, by one thread at a time, so that sums have the
 * same bits however many threads there are. At most a few batches are held at once.
 */
final class StageRun {
  private static final int SERIES_PER_BATCH_MAX = 64;
  private static final int VALUES_PER_BATCH = 1 << 15;

  /** Below so many values a second thread costs more than it gives. */
  private static final long VALUES_TO_SHARE = 1 << 16;

  private final Query query;
  private final QueryContext context;
  private final Grid grid;
  private final SeriesScan scan;
  private final Supplier<SeriesStage> stages;
  private final Options options;
  private final Consumer<Series> sink;
  private final int seriesPerBatch;
  private final int batches;
  private final ArrayDeque<Batch> free = new ArrayDeque<>();
  private final @Nullable Batch[] ready;
  private int created;
  private int taken;
  private int committed;
  private boolean committing;
  private boolean ended;
  private int helping;
  private @Nullable Throwable failure;

  /**
   * @param holdsSamples whether the samples of a series count as held while it is computed
   * @param keepsSeries whether the sink keeps the series that it gets; otherwise they are used
   *     again
   */
  record Options(boolean holdsSamples, boolean keepsSeries) {}

  /**
   * @param sink gets every series that has a value; its samples are counted as held
   */
  StageRun(
      Query query,
      Grid grid,
      SeriesScan scan,
      Supplier<SeriesStage> stages,
      Options options,
      Consumer<Series> sink) {
    this.query = query;
    this.context = query.context();
    this.grid = grid;
    this.scan = scan;
    this.stages = stages;
    this.options = options;
    this.sink = sink;
    this.seriesPerBatch = Math.clamp(VALUES_PER_BATCH / grid.steps(), 1, SERIES_PER_BATCH_MAX);
    this.batches = (scan.size() + seriesPerBatch - 1) / seriesPerBatch;
    this.ready = new @Nullable Batch[2 + 2 * context.workers().threads()];
  }

  void run() {
    if (batches > 1 && (long) scan.size() * grid.steps() >= VALUES_TO_SHARE) {
      context.workers().help(this::help, batches - 1);
    }
    work();
    awaitHelpers();
    free.forEach(this::release);
    switch (failure) {
      case null -> {}
      case RuntimeException exception -> throw exception;
      case Error error -> throw error;
      case Throwable other -> throw new IllegalStateException("a stage failed", other);
    }
  }

  private void help() {
    synchronized (this) {
      if (ended) {
        return;
      }
      helping++;
    }
    try {
      work();
    } finally {
      synchronized (this) {
        helping--;
        notifyAll();
      }
    }
  }

  private synchronized void awaitHelpers() {
    ended = true;
    while (helping > 0) {
      await();
    }
  }

  /** Waits for another thread of this run, which itself sees deadline and cancellation. */
  @SuppressWarnings("WaitNotInLoop") // callers look again at what they wait for
  private void await() {
    boolean interrupted = false;
    try {
      wait();
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      context.cancel();
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    try (SeriesStage stage = stages.get()) {
      SeriesScan.Reader reader = scan.reader();
      for (Batch batch = take(); batch != null; batch = take()) {
        batch.compute(stage, reader);
        commit(batch);
      }
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  private synchronized void fail(Throwable cause) {
    failure = failure == null ? cause : failure;
    notifyAll();
  }

  /** The next batch to compute, or null where there is none. */
  private @Nullable Batch take() {
    synchronized (this) {
      while (failure == null && taken < batches) {
        Batch batch = free.poll();
        if (batch == null && created < ready.length) {
          created++;
          batch = new Batch();
        }
        if (batch != null) {
          batch.number = taken++;
          return batch;
        }
        await();
      }
    }
    return null;
  }

  /** Hands on what is computed, unless a batch before it is not, or another thread is at it. */
  private void commit(Batch computed) {
    Batch batch;
    synchronized (this) {
      ready[computed.number % ready.length] = computed;
      if (committing) {
        return;
      }
      committing = true;
      batch = nextReady();
    }
    while (batch != null) {
      batch.handOn();
      synchronized (this) {
        ready[committed++ % ready.length] = null;
        free.add(batch);
        batch = nextReady();
        notifyAll();
      }
    }
  }

  private @Nullable Batch nextReady() {
    Batch next = failure == null ? ready[committed % ready.length] : null;
    if (next == null) {
      committing = false;
    }
    return next;
  }

  private void release(Batch batch) {
    for (Series series : batch.results) {
      if (series != null) {
        Blocks.release(query, series);
      }
    }
  }

  /** Consecutive series and what came of them. */
  private final class Batch {
    private final @Nullable Series[] results = new @Nullable Series[seriesPerBatch];
    private final int[] samples = new int[seriesPerBatch];
    private final int[] sizes = new int[seriesPerBatch];
    private int number;
    private int count;

    void compute(SeriesStage stage, SeriesScan.Reader reader) {
      int from = number * seriesPerBatch;
      count = Math.min(seriesPerBatch, scan.size() - from);
      for (int i = 0; i < count; i++) {
        context.check();
        SampleColumns columns = reader.read(from + i);
        samples[i] = 0;
        sizes[i] = 0;
        if (columns.size() > 0) {
          Series result = results[i];
          if (result == null) {
            result = Blocks.newSeries(query, scan.labels(from + i), false, grid);
            results[i] = result;
          } else {
            result.reset(scan.labels(from + i));
          }
          samples[i] = stage.fill(scan.labels(from + i), columns, result);
          sizes[i] = result.size();
        }
      }
    }

    void handOn() {
      for (int i = 0; i < count; i++) {
        query.load(samples[i]);
        if (options.holdsSamples()) {
          query.hold(samples[i]);
          query.drop(samples[i]);
        }
        Series result = results[i];
        if (result != null && sizes[i] > 0) {
          query.hold(sizes[i]);
          sink.accept(result);
          if (options.keepsSeries()) {
            results[i] = null;
          }
        }
      }
    }
  }
}
