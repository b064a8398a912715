package io.ghostworks.template;

/** A value whose type in Go is an integer with methods, such as {@code time.Duration}. */
interface GoInteger extends GoObject {

  /** The number that it is. */
  long number();
}
