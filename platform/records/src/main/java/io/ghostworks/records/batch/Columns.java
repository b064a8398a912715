package io.ghostworks.records.batch;

/**
 * How much of the encoded rows of a block is decoded. What is left out has no values; a question
 * that needs few columns reads no bodies and no attributes.
 */
public enum Columns {
  /** Resources, scopes, streams, and every column of the rows but bodies, attributes and lists. */
  HEAD,
  /** The head, and of the rows' attributes the keys: their values are of type NONE. */
  KEYS,
  ALL
}
