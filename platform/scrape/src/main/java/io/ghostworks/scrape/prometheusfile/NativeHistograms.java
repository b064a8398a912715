package io.ghostworks.scrape.prometheusfile;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.wire.exposition.ExpositionFormat.Conversion;
import io.ghostworks.wire.exposition.ExpositionFormat.Histograms;
import io.ghostworks.wire.exposition.ExpositionFormat.Reading;
import java.util.Optional;

/**
 * What a job or a target does with histograms. Only the protobuf format has native ones; classic
 * ones of each format can be converted.
 *
 * @param scrapes whether native histograms are read where a target exposes them
 * @param alwaysClassic whether the classic representation is stored beside a native one
 * @param convertsClassic whether classic histograms become native ones with custom buckets
 * @param bucketsMax of one histogram; 0 is no bound
 * @param schemaMax the finest resolution that is kept, −4 to 8
 */
public record NativeHistograms(
    boolean scrapes,
    boolean alwaysClassic,
    boolean convertsClassic,
    long bucketsMax,
    int schemaMax) {
  private static final int SCHEMA_MIN = -4;
  private static final int SCHEMA_MAX = 8;

  static NativeHistograms of(
      boolean scrapes,
      boolean alwaysClassic,
      boolean convertsClassic,
      long bucketsMax,
      double bucketFactorMin) {
    return new NativeHistograms(
        scrapes, alwaysClassic, convertsClassic, bucketsMax, schema(bucketFactorMin));
  }

  /** With the same bounds and what one target says otherwise. */
  public NativeHistograms with(
      boolean newScrapes, boolean newAlwaysClassic, boolean newConvertsClassic) {
    return new NativeHistograms(
        newScrapes, newAlwaysClassic, newConvertsClassic, bucketsMax, schemaMax);
  }

  /** Which representations of a histogram are read. */
  public Histograms read() {
    if (!scrapes) {
      return Histograms.CLASSIC;
    }
    return alwaysClassic ? Histograms.NATIVE_AND_CLASSIC : Histograms.NATIVE;
  }

  /**
   * How expositions are read.
   *
   * @param createdAsStart whether {@code _created} samples are start timestamps
   */
  public Reading reading(boolean createdAsStart) {
    return new Reading(read(), conversion(), createdAsStart);
  }

  private Conversion conversion() {
    if (!convertsClassic) {
      return Conversion.NONE;
    }
    return alwaysClassic ? Conversion.BESIDE : Conversion.REPLACING;
  }

  /** The finest schema whose buckets grow by at least a factor (scrape/scrape.go, pickSchema). */
  private static int schema(double bucketFactorMin) {
    if (bucketFactorMin <= 1) {
      return SCHEMA_MAX;
    }
    double log2 = Math.log(bucketFactorMin) / Math.log(2);
    double schema = Math.floor(-Math.log(log2) / Math.log(2));
    return (int) Math.clamp(schema, SCHEMA_MIN, SCHEMA_MAX);
  }

  /** With as many buckets as may be, by merging; empty where even the coarsest has too many. */
  public Optional<FloatHistogram> bounded(FloatHistogram histogram) {
    FloatHistogram bounded = histogram.withSchemaAtMost(schemaMax);
    while (bucketsMax > 0 && buckets(bounded) > bucketsMax) {
      if (bounded.schema() <= SCHEMA_MIN) {
        return Optional.empty();
      }
      bounded = bounded.withSchemaAtMost(bounded.schema() - 1);
    }
    return Optional.of(bounded);
  }

  private static long buckets(FloatHistogram histogram) {
    return (long) histogram.positiveCounts().length + histogram.negativeCounts().length;
  }
}
