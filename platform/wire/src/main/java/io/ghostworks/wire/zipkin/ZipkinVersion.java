package io.ghostworks.wire.zipkin;

/** Which form of JSON a reader expects. */
public enum ZipkinVersion {
  V1,
  V2,
  /** Each span tells by its fields: for files. */
  EITHER
}
