package io.ghostworks.records.scan;

/** A filter that is bound to one batch. Used by one thread. */
@FunctionalInterface
interface BatchFilter {
  boolean test(int row);
}
