package io.ghostworks.traceql.dependency;

import java.util.Optional;

/** How a caller reaches what it calls, in the words of the label {@code connection_type}. */
public enum ConnectionType {
  /** A request that both sides have told of. */
  REQUEST(""),
  MESSAGING_SYSTEM("messaging_system"),
  DATABASE("database"),
  /** One side sends no spans: it is named by what the other says of it. */
  VIRTUAL_NODE("virtual_node");

  private final String word;

  ConnectionType(String word) {
    this.word = word;
  }

  /** The label's value, "" for none. */
  public String word() {
    return word;
  }

  /** The type of a label's value. */
  public static Optional<ConnectionType> find(String word) {
    for (ConnectionType type : values()) {
      if (type.word.equals(word)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
