package io.ghostworks.series.part;

/** The numbers and names of the file format that {@link SeriesPartWriter} specifies. */
final class SeriesPartFormat {
  /** Tells series parts from the parts of other engines. */
  static final int KIND = 0x5301;

  /** Still read. */
  static final int FIRST_VERSION = 1;

  static final int VERSION = 2;

  /** Tells parts of downsampled rows from those of samples. */
  static final int LEVEL_KIND = 0x5304;

  static final int LEVEL_VERSION = 1;

  static final String RESOLUTION = "resolution";

  static final String CHUNKS = "chunks";
  static final String TIMES = "times";
  static final String SERIES = "series";
  static final String LABELS = "labels";
  static final String SYMBOLS = "symbols";
  static final String SYMBOL_ORDER = "symbol-order";
  static final String NAMES = "names";
  static final String PAIRS = "pairs";
  static final String POSTINGS = "postings";
  static final String TENANTS = "tenants";

  static final int SERIES_BYTES = 32;
  static final int NAME_BYTES = 8;
  static final int PAIR_BYTES = 8;

  /** Tenants are read into memory whole. */
  static final int TENANTS_BYTES_MAX = 64 << 20;

  /** A series' run of chunks, and with it what one read may allocate. */
  static final int RUN_BYTES_MAX = 256 << 20;

  private SeriesPartFormat() {}
}
