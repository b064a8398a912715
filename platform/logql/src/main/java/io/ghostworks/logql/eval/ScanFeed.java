package io.ghostworks.logql.eval;

import io.ghostworks.model.label.Labels;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.RecordSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The samples of a scan. The range is cut into slices of time; while the query's thread reads one,
 * helpers read those that follow, and all samples are given in the order of the slices, so that
 * results are the same however many threads take part.
 */
final class ScanFeed implements SampleFeed {
  private static final int SLICES_PER_THREAD = 16;
  private static final long SLICE_NANOS_MIN = 1_000_000_000L;

  private final SampleScan scan;
  private final RecordSource source;
  private final QueryContext context;
  private final LabelTable table;
  private final Map<SampleExtractor, SeriesCache> numbers = new HashMap<>();
  private final ArrayDeque<SampleExtractor> idle = new ArrayDeque<>();
  private final Slice[] slices;
  private final int ahead;
  private int current = -1;
  private @Nullable SliceWork work;
  private boolean isReadHere;
  private boolean closed;
  private int helping;

  private enum State {
    WAITING,
    TAKEN,
    READY
  }

  private static final class Slice {
    private State state = State.WAITING;
    private @Nullable SliceWork work;
    private @Nullable Throwable failure;
  }

  ScanFeed(SampleScan scan, RecordSource source, QueryContext context) {
    this.scan = scan;
    this.source = source;
    this.context = context;
    this.table = new LabelTable(context::reserve);
    int threads = context.workers().threads();
    this.ahead = 2 * threads;
    long range = scan.toNanos() - scan.fromNanos();
    long most = threads == 0 ? 1 : (long) SLICES_PER_THREAD * (threads + 1);
    int count = (int) Math.clamp(range / SLICE_NANOS_MIN, 1, most);
    this.slices = new Slice[count];
    for (int i = 0; i < count; i++) {
      slices[i] = new Slice();
    }
  }

  @Override
  public boolean next(SampleBatch out) {
    while (true) {
      SliceWork reading = work;
      if (reading == null) {
        if (++current == slices.length) {
          return false;
        }
        reading = begin(current);
        work = reading;
      }
      if (isReadHere) {
        if (reading.read(out)) {
          renumber(reading, out);
          return true;
        }
      } else {
        SampleBatch made = reading.take();
        if (made != null) {
          out.swap(made);
          renumber(reading, out);
          return true;
        }
      }
      end(reading);
    }
  }

  /** Gives the samples of a batch the numbers that series have here. */
  private void renumber(SliceWork from, SampleBatch batch) {
    SeriesCache cache =
        numbers.computeIfAbsent(
            from.extractor(),
            extractor -> new SeriesCache(series -> table.number(extractor.labels(series))));
    batch.renumber(cache);
  }

  private SliceWork begin(int index) {
    Slice slice = slices[index];
    synchronized (this) {
      if (slice.state == State.WAITING) {
        slice.state = State.TAKEN;
        isReadHere = true;
      } else {
        isReadHere = false;
        awaitReady(slice);
      }
    }
    if (slices.length > 1 && index + 1 < slices.length) {
      context.workers().help(this::help, ahead / 2);
    }
    if (isReadHere) {
      return open(index);
    }
    return finished(slice);
  }

  private static SliceWork finished(Slice slice) {
    SliceWork made = slice.work;
    switch (slice.failure) {
      case null -> {}
      case RuntimeException exception -> throw exception;
      case Error error -> throw error;
      case Throwable other -> throw new IllegalStateException("a slice failed", other);
    }
    if (made == null) {
      throw new IllegalStateException("a slice is ready without samples");
    }
    return made;
  }

  private SliceWork open(int index) {
    SampleExtractor extractor;
    synchronized (this) {
      extractor = idle.poll();
    }
    if (extractor == null) {
      extractor = scan.extractors().get();
    }
    return new SliceWork(scan, start(index), start(index + 1), extractor, source, context);
  }

  private long start(int index) {
    long range = scan.toNanos() - scan.fromNanos();
    return index == slices.length
        ? scan.toNanos()
        : scan.fromNanos() + range / slices.length * index;
  }

  private void end(SliceWork done) {
    done.close();
    work = null;
    synchronized (this) {
      idle.add(done.extractor());
      slices[current].work = null;
    }
  }

  /** What a helper does: reads slices ahead of the current one until there are none to take. */
  private void help() {
    synchronized (this) {
      if (closed) {
        return;
      }
      helping++;
    }
    try {
      for (int index = take(); index >= 0; index = take()) {
        read(index);
      }
    } finally {
      synchronized (this) {
        helping--;
        notifyAll();
      }
    }
  }

  private synchronized int take() {
    int end = Math.min(slices.length, current + 1 + ahead);
    for (int i = current + 1; i < end && !closed; i++) {
      if (slices[i].state == State.WAITING) {
        slices[i].state = State.TAKEN;
        return i;
      }
    }
    return -1;
  }

  @SuppressWarnings("IllegalCatch") // the query's thread throws it again
  private void read(int index) {
    SliceWork made = null;
    Throwable failure = null;
    try {
      made = open(index);
      made.readAll();
    } catch (RuntimeException | Error e) {
      failure = e;
    }
    synchronized (this) {
      slices[index].work = made;
      slices[index].failure = failure;
      slices[index].state = State.READY;
      notifyAll();
    }
  }

  /** Waits for a helper of this query, which itself sees deadline and cancellation. */
  private void awaitReady(Slice slice) {
    while (slice.state != State.READY) {
      await();
    }
  }

  @SuppressWarnings("WaitNotInLoop") // callers look again at what they wait for
  private void await() {
    try {
      wait();
    } catch (InterruptedException e) {
      context.cancel();
    }
  }

  @Override
  public Labels labels(int series) {
    return table.labels(series);
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      while (helping > 0) {
        await();
      }
    }
    SliceWork reading = work;
    if (reading != null) {
      reading.close();
      work = null;
    }
    for (Slice slice : slices) {
      SliceWork made = slice.work;
      if (made != null && made != reading) {
        made.close();
      }
      slice.work = null;
    }
  }
}
