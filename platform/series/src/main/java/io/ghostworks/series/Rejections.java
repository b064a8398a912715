package io.ghostworks.series;

import io.ghostworks.model.Rejection;
import io.ghostworks.model.Rejection.Reason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counts refused rows by reason; the example of each is that of its first row. */
final class Rejections {
  private final Map<Reason, Integer> rows = new EnumMap<>(Reason.class);
  private final Map<Reason, String> examples = new EnumMap<>(Reason.class);

  private int total;
  private @Nullable Reason last;

  void add(Reason reason, Supplier<String> example) {
    total++;
    last = reason;
    rows.merge(reason, 1, Integer::sum);
    if (!examples.containsKey(reason)) {
      examples.put(reason, example.get());
    }
  }

  /** The number of refused rows. */
  int total() {
    return total;
  }

  /** Why the row refused last was refused; null if none was. */
  @Nullable Reason last() {
    return last;
  }

  List<Rejection> list() {
    List<Rejection> list = new ArrayList<>(rows.size());
    rows.forEach((reason, count) ->
        list.add(new Rejection(reason, count, examples.getOrDefault(reason, ""))));
    return list;
  }
}
