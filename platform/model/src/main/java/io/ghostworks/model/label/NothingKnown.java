package io.ghostworks.model.label;

/** Knows no set. */
enum NothingKnown implements LabelSetNumbers.Lookup {
  INSTANCE;

  @Override
  public long find(long high, long low) {
    return LabelSetNumbers.UNKNOWN;
  }

  @Override
  public void close() {}
}
