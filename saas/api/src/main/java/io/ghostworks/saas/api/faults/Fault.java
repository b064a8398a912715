package io.ghostworks.saas.api.faults;

/** A failure that can be switched on. */
interface Fault {
  String name();

  /**
   * Called on the thread of a request before its handler: may wait, or throw what the handler could
   * throw.
   */
  void strike();
}
