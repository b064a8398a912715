package io.ghostworks.alertmanager.notify;

/** One way of telling a receiver, as its configuration says: one entry of a section. */
public interface Integration {

  /** The kind's name in metrics and in the API, such as {@code webhook}. */
  String kind();

  /** Whether the receiver is told that alerts have resolved. */
  boolean sendResolved();

  /** Where notifications go, for people to read, without secrets. */
  String target();

  /**
   * Whether the service keeps a state for each group (an incident, an issue, a message that is
   * updated), so that each group has to be told on its own.
   */
  default boolean stateful() {
    return false;
  }

  /**
   * How many alerts one message carries, so that none of a digest is left out; 0 for any number.
   */
  default long alertsMax() {
    return 0;
  }

  /** What tells it; may keep state of its own, such as a token that the service gave. */
  Sender sender(SenderParts parts);
}
