package io.ghostworks.logql.search;

import io.ghostworks.query.QueryContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The first lines in an order, of those that come; at most a limit is held, and reserved in the
 * query. Lines that are equal in the order stay as they came.
 */
final class FirstLines {
  private final Optional<FieldOrder> order;
  private final int limit;
  private final QueryContext context;
  private final Comparator<Entry> first;
  private final PriorityQueue<Entry> lastOnTop;
  private long number;

  private record Entry(SearchedLine line, FieldOrder.Key key, long number) {}

  FirstLines(Optional<FieldOrder> order, int limit, QueryContext context) {
    this.order = order;
    this.limit = limit;
    this.context = context;
    this.first =
        (left, right) -> {
          int byField = order.map(o -> o.compare(left.key(), right.key())).orElse(0);
          return byField != 0 ? byField : Long.compare(left.number(), right.number());
        };
    this.lastOnTop = new PriorityQueue<>(first.reversed());
  }

  void add(SearchedLine line) {
    FieldOrder.Key key = order.map(o -> o.key(line)).orElse(new FieldOrder.Key(null, Double.NaN));
    Entry entry = new Entry(line, key, number++);
    if (lastOnTop.size() == limit) {
      Entry last = lastOnTop.peek();
      if (last == null || first.compare(entry, last) > 0) {
        return;
      }
      lastOnTop.remove();
      context.release(last.line().bytes());
    }
    context.reserve(line.bytes());
    lastOnTop.add(entry);
  }

  List<SearchedLine> lines() {
    List<Entry> sorted = new ArrayList<>(lastOnTop);
    sorted.sort(first);
    return sorted.stream().map(Entry::line).toList();
  }
}
