package io.ghostworks.config;

/**
 * What the text of an unquoted scalar would be by itself; a reader that expects a string takes the
 * text whatever its kind.
 */
public enum ScalarKind {
  NULL,
  BOOLEAN,
  INTEGER,
  FLOAT,
  STRING
}
