package io.ghostworks.server.loki;

import io.ghostworks.logql.LogAnswer;
import io.ghostworks.model.label.Labels;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.record.RecordArrivals;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.runtime.time.Timers;
import io.ghostworks.server.http.Socket;
import io.ghostworks.server.http.SocketFeed;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One live tail: first what is stored, then what arrives, as the query leaves it, in messages as
 * Loki sends them. States: waiting (nothing to do), working (one thread at a time reads what
 * arrived), sending (one message waits for the client), closed. What arrives faster than it is read
 * or taken finds bounded room; what finds none is left out, and the next message says so.
 */
final class TailFeed implements SocketFeed {

  private static final Logger log = LoggerFactory.getLogger(TailFeed.class);
  private static final long ARRIVED_BYTES_MAX = 16 << 20;
  private static final Duration FULL_POOL = Duration.ofMillis(500);

  private final TailRequest request;
  private final TailSupport support;
  private final QueryContext listed;
  private final Deque<RecordArrivals.Arrived> arrived = new ArrayDeque<>();
  private final TailBuffer buffer = new TailBuffer();
  private final Set<TailEntry> stored = new HashSet<>();
  private long arrivedBytes;
  private boolean historyRead;
  private boolean scheduled;
  private boolean sending;
  private boolean closed;
  private @Nullable Socket socket;
  private RecordArrivals.@Nullable Watch watch;
  private volatile @Nullable QueryContext step;

  /**
   * @param listed as what it is listed; closed with this
   */
  TailFeed(TailRequest request, TailSupport support, QueryContext listed) {
    this.request = request;
    this.support = support;
    this.listed = listed;
  }

  @Override
  public void start(Socket near) {
    synchronized (this) {
      socket = near;
      watch = support.arrivals().watch(request.tenant(), this::arrived);
    }
    listed.onCancel(this::stopped);
    Timers.Timer over =
        support.timers().after(request.durationMax(), () -> near.close(TailRequest.OVER));
    listed.onClose(over::cancel);
    schedule();
  }

  private void stopped() {
    QueryContext now = step;
    if (now != null) {
      now.cancel();
    }
    Socket near = socket;
    if (near != null) {
      near.close("the tail was stopped");
    }
  }

  private void arrived(RecordArrivals.Arrived rows) {
    synchronized (this) {
      if (closed) {
        return;
      }
      if (arrivedBytes + rows.bytes() > ARRIVED_BYTES_MAX && !arrived.isEmpty()) {
        buffer.drop(new TailBuffer.Dropped(rows.maxTimeNanos(), Labels.EMPTY));
        return;
      }
      arrived.add(rows);
      arrivedBytes += rows.bytes();
    }
    schedule();
  }

  /** Lets a worker look, unless one will. */
  private void schedule() {
    synchronized (this) {
      if (scheduled || closed) {
        return;
      }
      scheduled = true;
    }
    try {
      support.workers().execute(this::work);
    } catch (RuntimeException e) {
      synchronized (this) {
        scheduled = false;
      }
      var _ = support.timers().after(FULL_POOL, this::schedule); // the pool is full
    }
  }

  private void work() {
    try {
      readHistory();
      RecordArrivals.Arrived next = next();
      if (next != null) {
        read(next);
      }
    } catch (QueryException e) {
      end(String.valueOf(LokiEndpoints.inLokisWords(e).getMessage()));
      return;
    } catch (RuntimeException e) {
      log.error("a tail of the tenant {} failed", request.tenant(), e);
      end("an error of this platform, which its log shows");
      return;
    }
    boolean more;
    synchronized (this) {
      scheduled = false;
      more = !arrived.isEmpty();
    }
    send();
    if (more) {
      schedule();
    }
  }

  private void readHistory() {
    synchronized (this) {
      if (historyRead) {
        return;
      }
      historyRead = true;
    }
    List<TailEntry> entries = evaluated(support.records(), request.history(support.clock()));
    synchronized (this) {
      entries.forEach(buffer::add);
      if (!arrived.isEmpty()) {
        stored.addAll(entries); // what has just arrived may be among it
      }
    }
  }

  private synchronized RecordArrivals.@Nullable Arrived next() {
    RecordArrivals.Arrived next = arrived.poll();
    if (next == null) {
      stored.clear();
    } else {
      arrivedBytes -= next.bytes();
    }
    return next;
  }

  private void read(RecordArrivals.Arrived rows) {
    List<TailEntry> entries = evaluated(rows.records(), request.all(rows));
    synchronized (this) {
      for (TailEntry entry : entries) {
        if (!stored.contains(entry)) {
          buffer.add(entry);
        }
      }
    }
  }

  private List<TailEntry> evaluated(RecordSource records, TailRequest.Part part) {
    try (QueryContext context = support.queries().step(listed)) {
      step = context;
      if (listed.isCanceled()) {
        context.cancel();
      }
      LogAnswer answer = request.lines(part, context, records);
      listed.countRows(context.rowsRead(), context.bytesRead());
      return TailEntry.of(answer, request.categorized());
    } finally {
      step = null;
    }
  }

  /** Sends the next message if there is one and the client has taken the one before. */
  private void send() {
    Socket near;
    byte[] message;
    synchronized (this) {
      near = socket;
      if (near == null || closed || sending || buffer.isEmpty()) {
        return;
      }
      long before = support.clock().epochNanos() - request.delay().toNanos();
      if (!request.delay().isZero() && buffer.oldestNanos() > before) {
        long wait = buffer.oldestNanos() - before;
        var _ = support.timers().after(Duration.ofNanos(wait), this::schedule);
        return;
      }
      sending = true;
      message = request.written(buffer.take(request.delay().isZero() ? Long.MAX_VALUE : before));
    }
    var _ =
        near.send(message)
            .whenComplete((taken, failure) -> {
              synchronized (this) {
                sending = false;
              }
              if (failure == null) {
                schedule();
              }
            });
  }

  private void end(String reason) {
    Socket near = socket;
    if (near != null) {
      near.close(reason.length() > 100 ? reason.substring(0, 100) : reason);
    }
  }

  @Override
  public void close() {
    RecordArrivals.Watch now;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      now = watch;
      arrived.clear();
    }
    if (now != null) {
      now.close();
    }
    listed.cancel();
    listed.close();
    support.ended(request.tenant());
  }
}
