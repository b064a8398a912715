package io.ghostworks.server.loki;

import io.ghostworks.model.label.Labels;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;

/**
 * What a tail has yet to send, in the order of time. It holds so many lines and no more: of those
 * that find no room the oldest are left out, and their times and labels kept, up to a number, to
 * tell the client. Not thread-safe.
 */
final class TailBuffer {

  private static final int ENTRIES_MAX = 1000;
  private static final long BYTES_MAX = 8 << 20;
  private static final int DROPPED_MAX = 1000;
  private static final int MESSAGE_ENTRIES_MAX = 100;

  private final PriorityQueue<TailEntry> waiting =
      new PriorityQueue<>(Comparator.comparingLong(TailEntry::timeNanos));
  private final Deque<Dropped> dropped = new ArrayDeque<>();
  private long bytes;

  /** A line that was left out; labels may be empty where many were left out unread. */
  record Dropped(long timeNanos, Labels labels) {}

  /** A message: lines, oldest first, and what was left out before them. */
  record Message(List<TailEntry> entries, List<Dropped> dropped) {}

  void add(TailEntry entry) {
    waiting.add(entry);
    bytes += entry.bytes();
    while (waiting.size() > ENTRIES_MAX || (bytes > BYTES_MAX && waiting.size() > 1)) {
      TailEntry oldest = poll();
      drop(new Dropped(oldest.timeNanos(), oldest.labels()));
    }
  }

  void drop(Dropped one) {
    if (dropped.size() < DROPPED_MAX) {
      dropped.add(one);
    }
  }

  private TailEntry poll() {
    TailEntry oldest = waiting.remove();
    bytes -= oldest.bytes();
    return oldest;
  }

  /** The time of the oldest line; only where {@link #isEmpty} is false. */
  long oldestNanos() {
    return waiting.element().timeNanos();
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Takes the next message of lines before a time; there must be one. */
  Message take(long beforeNanos) {
    List<TailEntry> entries = new ArrayList<>();
    while (entries.size() < MESSAGE_ENTRIES_MAX
        && !waiting.isEmpty()
        && oldestNanos() <= beforeNanos) {
      entries.add(poll());
    }
    List<Dropped> told = List.copyOf(dropped);
    dropped.clear();
    return new Message(entries, told);
  }
}
