package io.ghostworks.saas.demo;

import java.io.IOException;

/**
 * A failure that a person can turn on and off. A further one is a further implementation in {@link
 * Demo}.
 */
interface Switch {
  /** The name by which it is turned on the command line. */
  String name();

  /** What goes wrong, for a person. */
  String description();

  /** Which alert it causes, and when. */
  AlertDue due();

  /** Turns it; throws where what it acts on does not answer. */
  void turn(boolean on) throws IOException;
}
