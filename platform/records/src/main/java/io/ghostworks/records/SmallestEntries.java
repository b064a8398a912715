package io.ghostworks.records;

import io.ghostworks.query.QueryContext;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * The smallest of the entries that were added, each once. Each is reserved before it is held, and
 * released when a smaller one takes its place. Not thread-safe.
 *
 * @param <T> the entry, compared by its natural order
 */
final class SmallestEntries<T extends Comparable<? super T>> {

  private final int limit;
  private final ToLongFunction<T> bytes;
  private final QueryContext context;
  private final TreeSet<T> entries = new TreeSet<>();

  /**
   * @param limit how many are kept; all if it is not positive
   * @param bytes what an entry takes
   */
  SmallestEntries(int limit, ToLongFunction<T> bytes, QueryContext context) {
    this.limit = limit;
    this.bytes = bytes;
    this.context = context;
  }

  void add(T entry) {
    boolean full = limit > 0 && entries.size() == limit;
    if ((full && entry.compareTo(entries.last()) >= 0) || entries.contains(entry)) {
      return;
    }
    if (full) {
      context.release(bytes.applyAsLong(entries.removeLast()));
    }
    context.reserve(bytes.applyAsLong(entry));
    entries.add(entry);
  }

  List<T> sorted() {
    return List.copyOf(entries);
  }
}
