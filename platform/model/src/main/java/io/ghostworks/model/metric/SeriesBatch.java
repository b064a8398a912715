package io.ghostworks.model.metric;

import io.ghostworks.model.column.ByteColumn;
import io.ghostworks.model.column.IntColumn;
import io.ghostworks.model.column.LongColumn;
import io.ghostworks.model.label.LabelSetTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Samples on their way to the series engine, as columns: row i is one sample of the series {@code
 * set(i)}. Rows need no order, but the samples of one series come oldest first where the sender
 * can. Filled by one thread, then handed to a sink, which owns it.
 */
public final class SeriesBatch {

  private static final byte FLOAT = 0;
  private static final byte HISTOGRAM = 1;

  private final String sender;
  private final LabelSetTable sets;
  private final IntColumn setOfRow = new IntColumn();
  private final LongColumn timestampsMs = new LongColumn();
  private final LongColumn valueBits = new LongColumn();
  private final ByteColumn kinds = new ByteColumn();
  private @Nullable LongColumn startTimestampsMs;
  private final List<FloatHistogram> histograms = new ArrayList<>();
  private final IntColumn exemplarSets = new IntColumn();
  private final List<Exemplar> exemplars = new ArrayList<>();
  private final Map<String, MetricMetadata> metadata = new LinkedHashMap<>();

  /**
   * @param sender who sends, so that rows of the same sender can be kept together: a target's
   *     {@code job/instance}, a rule group, or ""
   */
  public SeriesBatch(String sender) {
    this(sender, new LabelSetTable());
  }

  /**
   * A batch over label sets that the caller already has, for example those of the scrape before;
   * nobody changes them any more.
   */
  public SeriesBatch(String sender, LabelSetTable sets) {
    this.sender = sender;
    this.sets = sets;
  }

  /** Adds a float sample of a label set of {@link #sets()}. */
  public void add(int set, long timestampMs, double value) {
    addBits(set, timestampMs, Double.doubleToRawLongBits(value));
  }

  /** Adds a float sample with its exact bits. */
  public void addBits(int set, long timestampMs, long bits) {
    setOfRow.add(set);
    timestampsMs.add(timestampMs);
    valueBits.add(bits);
    kinds.add(FLOAT);
    if (startTimestampsMs != null) {
      startTimestampsMs.add(0);
    }
  }

  /** Adds a native histogram. */
  public void add(int set, long timestampMs, FloatHistogram histogram) {
    addBits(set, timestampMs, histograms.size());
    kinds.set(kinds.size() - 1, HISTOGRAM);
    histograms.add(histogram);
  }

  /** Says when the counter or histogram of the row added last began; 0 is unknown. */
  public void startTimestampOfLast(long startMs) {
    if (startTimestampsMs == null) {
      startTimestampsMs = new LongColumn(setOfRow.array().length);
      for (int i = 0; i < rows(); i++) {
        startTimestampsMs.add(0);
      }
    }
    startTimestampsMs.set(rows() - 1, startMs);
  }

  /** Adds an exemplar of a series. */
  public void addExemplar(int set, Exemplar exemplar) {
    exemplarSets.add(set);
    exemplars.add(exemplar);
  }

  /** Adds what is known about a metric family. */
  public void addMetadata(String family, MetricMetadata about) {
    metadata.put(family, about);
  }

  public String sender() {
    return sender;
  }

  public LabelSetTable sets() {
    return sets;
  }

  public int rows() {
    return setOfRow.size();
  }

  public int set(int row) {
    return setOfRow.get(row);
  }

  public long timestampMs(int row) {
    return timestampsMs.get(row);
  }

  /** The bits of a float sample; meaningless for a histogram. */
  public long valueBits(int row) {
    return valueBits.get(row);
  }

  public boolean isHistogram(int row) {
    return kinds.get(row) == HISTOGRAM;
  }

  /** The histogram of a row for which {@link #isHistogram} holds. */
  public FloatHistogram histogram(int row) {
    return histograms.get((int) valueBits.get(row));
  }

  /** When the row's counter began, or 0. */
  public long startTimestampMs(int row) {
    return startTimestampsMs == null ? 0 : startTimestampsMs.get(row);
  }

  public int exemplars() {
    return exemplars.size();
  }

  public int exemplarSet(int index) {
    return exemplarSets.get(index);
  }

  public Exemplar exemplar(int index) {
    return exemplars.get(index);
  }

  /** Metadata by family name; only to be read. */
  public Map<String, MetricMetadata> metadata() {
    return java.util.Collections.unmodifiableMap(metadata);
  }
}
