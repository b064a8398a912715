package io.ghostworks.scrape.prometheusfile;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.wire.exposition.ExpositionFormat.Histograms;
import java.util.Optional;

/**
 * What a job does with native histograms, which only the protobuf format has.
 *
 * @param read which representations of a histogram are read
 * @param bucketsMax of one histogram; 0 is no bound
 * @param schemaMax the finest resolution that is kept, −4 to 8
 */
public record NativeHistograms(Histograms read, long bucketsMax, int schemaMax) {
  private static final int SCHEMA_MIN = -4;
  private static final int SCHEMA_MAX = 8;

  static NativeHistograms of(
      boolean scrape, boolean alwaysClassic, long bucketsMax, double bucketFactorMin) {
    Histograms scraped = alwaysClassic ? Histograms.NATIVE_AND_CLASSIC : Histograms.NATIVE;
    return new NativeHistograms(
        scrape ? scraped : Histograms.CLASSIC, bucketsMax, schema(bucketFactorMin));
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
