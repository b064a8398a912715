package io.ghostworks.records.scan;

import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.BlockReader;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.query.record.ScannedBlocks;
import io.ghostworks.records.column.ColumnBlock;
import io.ghostworks.records.column.ColumnKind;
import io.ghostworks.records.column.Vector;
import io.ghostworks.records.text.RowSet;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows the rows of a scan block by block, several threads at once. Rows of times of which only one
 * part has any are given as their columns are stored, since none of them is a repetition; the
 * others are put in order and compared, as {@link ScanCursor} does it.
 *
 * @param <B> the batch
 */
public final class BlockScan<B> {

  private final ReadableSchema<B> readable;
  private final List<RowSource<B>> sources;
  private final RecordScan scan;
  private final List<Field> details;
  private final QueryContext context;
  private final Supplier<BlockReader> readers;
  private final List<Span> shared;
  private @Nullable Throwable failure;
  private int helping;

  /** Times, both ends inclusive. */
  private record Span(long from, long to) {}

  public BlockScan(
      ReadableSchema<B> readable,
      List<RowSource<B>> sources,
      RecordScan scan,
      List<Field> details,
      QueryContext context,
      Supplier<BlockReader> readers) {
    this.readable = readable;
    this.scan = scan;
    this.details = List.copyOf(details);
    this.context = context;
    this.readers = readers;
    this.sources =
        sources.stream()
            .filter(source ->
                source.maxTimeNanos() >= scan.startNanos()
                    && source.minTimeNanos() < scan.endNanos())
            .toList();
    this.shared = scan.repetitions() ? List.of() : shared(this.sources);
  }

  /** The times of which more than one origin has rows, and those of rows that stand alone. */
  private static <B> List<Span> shared(List<RowSource<B>> sources) {
    IdentityHashMap<Object, Span> origins = new IdentityHashMap<>();
    List<Span> overlaps = new ArrayList<>();
    for (RowSource<B> source : sources) {
      Span own = new Span(source.minTimeNanos(), source.maxTimeNanos());
      Object origin = source.origin();
      if (origin == null) {
        overlaps.add(own);
      } else {
        origins.merge(
            origin,
            own,
            (left, right) ->
                new Span(Math.min(left.from, right.from), Math.max(left.to, right.to)));
      }
    }
    List<Span> parts = new ArrayList<>(origins.values());
    parts.sort((left, right) -> Long.compare(left.from, right.from));
    long reached = Long.MIN_VALUE;
    for (Span part : parts) {
      if (part.from <= reached) {
        overlaps.add(new Span(part.from, Math.min(part.to, reached)));
      }
      reached = Math.max(reached, part.to);
    }
    return joined(overlaps);
  }

  private static List<Span> joined(List<Span> spans) {
    spans.sort((left, right) -> Long.compare(left.from, right.from));
    List<Span> joined = new ArrayList<>();
    for (Span span : spans) {
      if (joined.isEmpty() || span.from > joined.getLast().to) {
        joined.add(span);
      } else {
        Span last = joined.removeLast();
        joined.add(new Span(last.from, Math.max(last.to, span.to)));
      }
    }
    return joined;
  }

  /** Shows all rows. */
  public void run() {
    AtomicInteger next = new AtomicInteger();
    int helpers = Math.min(context.workers().threads(), sources.size() / 2);
    if (helpers > 0) {
      context.workers().help(() -> help(next), helpers);
    }
    work(next, reader());
    await();
    BlockReader reader = null;
    for (Span times : shared) {
      reader = reader == null ? reader() : reader;
      readOrdered(times, sources, reader);
    }
  }

  private synchronized BlockReader reader() {
    return readers.get();
  }

  private void help(AtomicInteger next) {
    synchronized (this) {
      if (next.get() >= sources.size()) {
        return;
      }
      helping++;
    }
    try {
      work(next, reader());
    } finally {
      synchronized (this) {
        helping--;
        notifyAll();
      }
    }
  }

  private void work(AtomicInteger next, BlockReader reader) {
    try {
      for (int i = next.getAndIncrement(); i < sources.size(); i = next.getAndIncrement()) {
        context.check();
        read(sources.get(i), reader);
      }
    } catch (RuntimeException | Error e) {
      next.set(sources.size());
      synchronized (this) {
        failure = failure == null ? e : failure;
      }
    }
  }

  private void await() {
    boolean interrupted = false;
    synchronized (this) {
      while (helping > 0) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      context.cancel();
      Thread.currentThread().interrupt();
    }
    switch (failure) {
      case null -> {}
      case RuntimeException exception -> throw exception;
      case Error error -> throw error;
      case Throwable other -> throw new IllegalStateException("a block cannot be read", other);
    }
  }

  private void read(RowSource<B> source, BlockReader reader) {
    if (source.origin() == null && !scan.repetitions()) {
      return; // all its times are shared
    }
    ColumnBlock block = source.open();
    if (block == null) {
      readRows(source, reader);
      return;
    }
    boolean allVisible = source.visible().equals(Filter.ALL);
    Filter filter =
        allVisible ? scan.filter() : new Filter.And(List.of(scan.filter(), source.visible()));
    long bytes = source.loadBytes(NeededColumns.of(scan));
    context.reserve(bytes);
    try {
      RowSet among = alone(source, block);
      if (among.isEmpty()) {
        return;
      }
      RowSet found =
          filter.equals(Filter.ALL)
              ? among
              : new ColumnFilter<>(
                      readable, block, (rows, columns) -> source.load(block, rows, columns))
                  .matches(filter, among);
      context.countRows(block.rows(), bytes);
      if (!found.isEmpty()) {
        reader.read(
            new BlockColumns<>(
                readable, source, block, found, scan.projection(), details, context));
      }
    } catch (DamagedDataException e) {
      throw source.damaged(e);
    } finally {
      context.release(bytes);
    }
  }

  /** The rows in the range whose times are of this part alone. */
  private RowSet alone(RowSource<B> source, ColumnBlock block) {
    long min = source.minTimeNanos();
    long max = source.maxTimeNanos();
    List<Span> out = new ArrayList<>();
    if (min < scan.startNanos()) {
      out.add(new Span(Long.MIN_VALUE, scan.startNanos() - 1));
    }
    for (Span span : shared) {
      if (span.from <= max && span.to >= min) {
        if (span.from <= min && span.to >= max) {
          return RowSet.none(block.rows());
        }
        out.add(span);
      }
    }
    if (max >= scan.endNanos()) {
      out.add(new Span(scan.endNanos(), Long.MAX_VALUE));
    }
    RowSet rows = RowSet.all(block.rows());
    if (out.isEmpty()) {
      return rows;
    }
    Vector times = block.longs(ColumnKind.TIME);
    for (int row = 0; row < times.size(); row++) {
      long time = times.get(row);
      for (Span span : out) {
        if (time >= span.from && time <= span.to) {
          rows.remove(row);
          break;
        }
      }
    }
    return rows;
  }

  /** Reads a block of rows, as parts had them once, where its times are its own. */
  private void readRows(RowSource<B> source, BlockReader reader) {
    long from = source.minTimeNanos();
    for (Span span : shared) {
      if (span.from > from) {
        readOrdered(
            new Span(from, Math.min(source.maxTimeNanos(), span.from - 1)),
            List.of(source),
            reader);
      }
      from = Math.max(from, span.to + 1);
    }
    readOrdered(new Span(from, source.maxTimeNanos()), List.of(source), reader);
  }

  private void readOrdered(Span times, List<RowSource<B>> of, BlockReader reader) {
    if (times.from > times.to) {
      return;
    }
    RecordScan part =
        new RecordScan(
            scan.signal(),
            Math.max(scan.startNanos(), times.from),
            Math.min(scan.endNanos(), times.to == Long.MAX_VALUE ? times.to : times.to + 1),
            scan.filter(),
            scan.projection(),
            RecordScan.Order.OLDEST_FIRST,
            Integer.MAX_VALUE);
    if (part.startNanos() < part.endNanos()) {
      ScannedBlocks.read(
          asked -> new ScanCursor<>(readable, of, asked, context, () -> {}), part, details, reader);
    }
  }
}
