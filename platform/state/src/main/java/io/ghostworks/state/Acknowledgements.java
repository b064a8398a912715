package io.ghostworks.state;

import io.ghostworks.model.TenantId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who has seen which alert groups, and until when that counts. */
public interface Acknowledgements {

  /** That of a group, also if its time is over. */
  Optional<Row> find(TenantId tenant, String groupKey);

  /** All of a tenant. */
  List<Row> all(TenantId tenant);

  /** Stores one in the place of the one before. */
  void put(TenantId tenant, Row row);

  /** Forgets one. */
  void remove(TenantId tenant, String groupKey);

  /**
   * One acknowledgement. Times are nanoseconds since the epoch.
   *
   * @param hashes of the alerts that were seen, ascending
   */
  record Row(
      String groupKey,
      long incident,
      String author,
      String comment,
      long atNanos,
      long untilNanos,
      long[] hashes) {

    public Row {
      hashes = hashes.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Row row
          && groupKey.equals(row.groupKey)
          && incident == row.incident
          && author.equals(row.author)
          && comment.equals(row.comment)
          && atNanos == row.atNanos
          && untilNanos == row.untilNanos
          && Arrays.equals(hashes, row.hashes);
    }

    @Override
    public int hashCode() {
      return groupKey.hashCode();
    }
  }
}
