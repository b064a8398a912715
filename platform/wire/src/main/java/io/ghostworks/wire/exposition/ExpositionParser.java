package io.ghostworks.wire.exposition;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.MetricType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks an exposition entry by entry. What the accessors answer belongs to the entry at which
 * {@link #next} stopped last. Positions are indexes into {@link #bytes()}. Not thread-safe.
 *
 * <p>The text of a series, from its name to its closing brace, is the same from scrape to scrape as
 * long as the target is: a caller keys its cache with it and asks for {@link #labels()} only where
 * the text is new.
 */
public interface ExpositionParser {

  /** What stands at the current place. */
  enum Entry {
    /** A family's type: {@link #family()} and {@link #type()}. */
    TYPE,
    /** A family's help: {@link #family()} and {@link #help()}. */
    HELP,
    /** A family's unit: {@link #family()} and {@link #unit()}. */
    UNIT,
    /** A sample: its series, value, and perhaps timestamp and exemplar. */
    SERIES,
    /** The end of the text. */
    END
  }

  /**
   * Goes to the next entry.
   *
   * @throws io.ghostworks.wire.WireFormatException if the text does not follow the format; the
   *     parser must not be used any further
   */
  Entry next();

  /** The text that is read; only to be read. */
  byte[] bytes();

  /** Where the text of the current series begins. */
  int seriesStart();

  /** One past the text of the current series. */
  int seriesEnd();

  /**
   * The sample's value. Every NaN of a text has the bits of {@link
   * io.ghostworks.model.metric.Samples#NAN_BITS}; protobuf keeps the bits that were sent.
   */
  double value();

  /** The native histogram that the sample is, or null for a float. */
  default @Nullable FloatHistogram histogram() {
    return null;
  }

  /** When the sample's counter began, in milliseconds, or 0. */
  default long startTimestampMs() {
    return 0;
  }

  /** Whether the sample has a timestamp of its own. */
  boolean hasTimestamp();

  /** The sample's timestamp in milliseconds since the epoch. */
  long timestampMs();

  /** Whether the sample has an exemplar. */
  boolean hasExemplar();

  /**
   * The sample's exemplar.
   *
   * @param defaultTimestampMs the timestamp that it gets where it has none of its own
   */
  Exemplar exemplar(long defaultTimestampMs);

  /** All exemplars of the sample, as {@link #exemplar}; native histograms may have several. */
  default List<Exemplar> exemplars(long defaultTimestampMs) {
    return hasExemplar() ? List.of(exemplar(defaultTimestampMs)) : List.of();
  }

  /**
   * The labels of the current series, the metric's name among them, with the values of {@code le}
   * and {@code quantile} in OpenMetrics's form where the family's type asks for it.
   *
   * @throws io.ghostworks.wire.WireFormatException if a label name comes twice
   */
  Labels labels();

  /**
   * The labels of the current series, packed as {@link io.ghostworks.model.label.LabelSetTable}
   * holds them.
   */
  byte[] packedLabels();

  /** The family that the current metadata entry speaks of. */
  String family();

  /** The type given last; {@link MetricType#UNKNOWN} before the first. */
  MetricType type();

  String help();

  String unit();
}
