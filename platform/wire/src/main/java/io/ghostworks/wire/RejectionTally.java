package io.ghostworks.wire;

import io.ghostworks.model.Rejection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Counts refused rows by reason and keeps the first example of each. Not thread-safe. */
public final class RejectionTally {
  private final Map<Rejection.Reason, Rejection> rejections = new EnumMap<>(Rejection.Reason.class);

  /** Counts rows; the example is only made for the first of its reason. */
  public void add(Rejection.Reason reason, int count, Supplier<String> example) {
    if (count <= 0) {
      return;
    }
    Rejection before = rejections.get(reason);
    rejections.put(
        reason,
        before == null
            ? new Rejection(reason, count, example.get())
            : new Rejection(reason, before.rows() + count, before.example()));
  }

  /** Counts one row. */
  public void add(Rejection.Reason reason, Supplier<String> example) {
    add(reason, 1, example);
  }

  /** What was counted, in the order of the reasons. */
  public List<Rejection> toList() {
    return List.copyOf(rejections.values());
  }
}
