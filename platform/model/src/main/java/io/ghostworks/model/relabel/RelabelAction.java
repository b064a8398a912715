package io.ghostworks.model.relabel;

import java.util.Locale;
import java.util.Optional;

/** What a relabelling rule does; the names are those of Prometheus's configuration. */
public enum RelabelAction {
  REPLACE,
  KEEP,
  DROP,
  KEEPEQUAL,
  DROPEQUAL,
  HASHMOD,
  LABELMAP,
  LABELDROP,
  LABELKEEP,
  LOWERCASE,
  UPPERCASE;

  /** The action of this name in any case. */
  public static Optional<RelabelAction> find(String name) {
    for (RelabelAction action : values()) {
      if (action.word().equals(name.toLowerCase(Locale.ROOT))) {
        return Optional.of(action);
      }
    }
    return Optional.empty();
  }

  /** The name as a file writes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
