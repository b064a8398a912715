package io.ghostworks.server.tempo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Cuts lists of names or values to what one answer may have. */
final class TagBound {

  private static final String UNBOUNDED = "intrinsic";

  private final TagLimit limit;
  private long bytes;
  private int entries;

  TagBound(TagLimit limit) {
    this.limit = limit;
  }

  /** Whether nothing more is given. */
  boolean isReached() {
    return (limit.entries() > 0 && entries >= limit.entries())
        || (limit.bytes() > 0 && bytes >= limit.bytes());
  }

  /** Names of a list that may be given in parts. */
  List<String> of(Collection<String> names) {
    List<String> given = new ArrayList<>();
    for (String name : names) {
      if (!takes(name.length())) {
        break;
      }
      given.add(name);
    }
    return given;
  }

  /** Names of a scope, which has its own limit of entries; those of the language have none. */
  List<String> of(Collection<String> names, String scope) {
    if (scope.equals(UNBOUNDED)) {
      return List.copyOf(names);
    }
    entries = 0;
    return of(names);
  }

  /** Counts one entry if there is room for it. */
  boolean takes(int length) {
    if (isReached() || (limit.bytes() > 0 && bytes + length > limit.bytes())) {
      return false;
    }
    entries++;
    bytes += length;
    return true;
  }
}
