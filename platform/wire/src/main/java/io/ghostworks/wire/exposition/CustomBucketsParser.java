package io.ghostworks.wire.exposition;

import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.ClassicHistogram;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.FloatHistogram.CounterReset;
import io.ghostworks.model.metric.MetricType;
import io.ghostworks.wire.WireFormatException;
import io.ghostworks.wire.number.DecimalReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gives the classic histograms of another parser as native ones with custom buckets; all else as it
 * is. Only series that follow one another, have the same labels but {@code le} and belong to a
 * family of the type histogram make one; a histogram that is native already is no second one.
 * Source: Prometheus model/textparse, nhcbparse.go and protobufparse.go.
 *
 * <pre>
 * passing --bucket, count, sum--> collecting --series of another histogram, metadata, end--> emitting --> passing
 * passing --native histogram--> inhibited --series of another histogram--> passing or collecting
 * </pre>
 */
final class CustomBucketsParser implements ExpositionParser {
  private enum State {
    PASSING,
    COLLECTING,
    EMITTING,
    INHIBITED
  }

  private static final List<String> SUFFIXES = List.of("_bucket", "_count", "_sum");

  /** What no series' text begins with, so that the converted one's is unlike all others. */
  private static final byte OWN_TEXT = 0;

  private final ExpositionParser classic;
  private final boolean keepsClassic;
  private final boolean ofProtobuf;
  private final ClassicHistogram collected = new ClassicHistogram();
  private final List<Exemplar> collectedExemplars = new ArrayList<>();
  private State state = State.PASSING;
  private Entry held = Entry.END;
  private String typedFamily = "";
  private MetricType type = MetricType.UNKNOWN;
  private Labels base = Labels.EMPTY;
  private boolean hasTimestamp;
  private long timestampMs;
  private long startMs;
  private byte[] text = {};
  private @Nullable FloatHistogram converted;

  /**
   * @param keepsClassic whether the series of converted histograms are given too
   * @param ofProtobuf whether {@code classic} reads protobuf, where gauge histograms are converted
   *     too and what is no histogram is a mistake of the format
   */
  CustomBucketsParser(ExpositionParser classic, boolean keepsClassic, boolean ofProtobuf) {
    this.classic = classic;
    this.keepsClassic = keepsClassic;
    this.ofProtobuf = ofProtobuf;
  }

  @Override
  public Entry next() {
    while (true) {
      if (state == State.EMITTING) {
        state = State.PASSING;
        converted = null;
      } else {
        held = classic.next();
        if (endsCollection() && convert()) {
          return Entry.SERIES;
        }
      }
      if (passes()) {
        return held;
      }
    }
  }

  /** Whether the entry at which the other parser stands belongs to no collected histogram. */
  private boolean endsCollection() {
    return state == State.COLLECTING
        && (held != Entry.SERIES || classic.histogram() != null || !isOfBase());
  }

  /** Takes the held entry; whether it is given. */
  private boolean passes() {
    if (held == Entry.TYPE) {
      typedFamily = classic.family();
      type = classic.type();
    }
    if (held != Entry.SERIES) {
      return true;
    }
    if (classic.histogram() != null) {
      state = State.INHIBITED;
      base = classic.labels();
      return true;
    }
    if (!isHistogramType() || (state == State.INHIBITED && isOfBase())) {
      return true;
    }
    if (state == State.INHIBITED) {
      state = State.PASSING;
    }
    return !collect(classic.labels()) || keepsClassic;
  }

  private boolean isHistogramType() {
    return type == MetricType.HISTOGRAM || (ofProtobuf && type == MetricType.GAUGEHISTOGRAM);
  }

  private boolean isOfBase() {
    return isHistogramType() && baseOf(classic.labels()).equals(base);
  }

  private static Labels baseOf(Labels labels) {
    String name = labels.metricName();
    for (String suffix : SUFFIXES) {
      if (name.endsWith(suffix)) {
        return labels.toBuilder()
            .set(Labels.METRIC_NAME, name.substring(0, name.length() - suffix.length()))
            .remove("le")
            .build();
      }
    }
    return labels;
  }

  /** Adds a sample to the histogram that it belongs to; false where it belongs to none. */
  private boolean collect(Labels labels) {
    String suffix = labels.metricName();
    if (!suffix.startsWith(typedFamily)) {
      return false;
    }
    suffix = suffix.substring(typedFamily.length());
    Double bound = suffix.equals("_bucket") ? bound(labels.get("le")) : null;
    if (!SUFFIXES.contains(suffix) || (suffix.equals("_bucket") && bound == null)) {
      return false;
    }
    if (state != State.COLLECTING) {
      begin(labels);
    }
    if (bound != null) {
      collected.bucket(bound, classic.value());
    } else if (suffix.equals("_count")) {
      collected.count(classic.value());
    } else {
      collected.sum(classic.value());
    }
    if (classic.hasExemplar()) {
      collectedExemplars.add(classic.exemplar(0));
    }
    return true;
  }

  private static @Nullable Double bound(@Nullable String le) {
    if (le == null) {
      return null;
    }
    try {
      byte[] number = le.getBytes(StandardCharsets.UTF_8);
      double bound = DecimalReader.parse(number, 0, number.length);
      return Double.isNaN(bound) ? null : bound;
    } catch (NumberFormatException e) {
      return null; // a series that is no bucket
    }
  }

  private void begin(Labels labels) {
    state = State.COLLECTING;
    base = baseOf(labels);
    hasTimestamp = classic.hasTimestamp();
    timestampMs = hasTimestamp ? classic.timestampMs() : 0;
    startMs = classic.startTimestampMs();
    collected.reset();
    collectedExemplars.clear();
  }

  /** Makes the histogram of what was collected, if it is one. */
  private boolean convert() {
    Optional<FloatHistogram> made =
        collected.toNative(
            type == MetricType.GAUGEHISTOGRAM ? CounterReset.GAUGE : CounterReset.UNKNOWN);
    if (made.isEmpty()) {
      if (ofProtobuf) {
        throw new WireFormatException(
            "histogram %s: %s".formatted(base, collected.problem()), WireFormatException.NOWHERE);
      }
      state = State.PASSING;
      return false;
    }
    converted = made.get();
    byte[] packed = LabelSetTable.pack(base);
    text = new byte[packed.length + 1];
    text[0] = OWN_TEXT;
    System.arraycopy(packed, 0, text, 1, packed.length);
    state = State.EMITTING;
    return true;
  }

  private boolean emits() {
    return state == State.EMITTING;
  }

  @Override
  public byte[] bytes() {
    return emits() ? text : classic.bytes();
  }

  @Override
  public int seriesStart() {
    return emits() ? 0 : classic.seriesStart();
  }

  @Override
  public int seriesEnd() {
    return emits() ? text.length : classic.seriesEnd();
  }

  @Override
  public double value() {
    return classic.value();
  }

  @Override
  public @Nullable FloatHistogram histogram() {
    return emits() ? converted : classic.histogram();
  }

  @Override
  public long startTimestampMs() {
    return emits() ? startMs : classic.startTimestampMs();
  }

  @Override
  public boolean hasTimestamp() {
    return emits() ? hasTimestamp : classic.hasTimestamp();
  }

  @Override
  public long timestampMs() {
    return emits() ? timestampMs : classic.timestampMs();
  }

  @Override
  public boolean hasExemplar() {
    return emits() ? timed().findAny().isPresent() : classic.hasExemplar();
  }

  @Override
  public Exemplar exemplar(long defaultTimestampMs) {
    return emits() ? timed().findFirst().orElseThrow() : classic.exemplar(defaultTimestampMs);
  }

  @Override
  public List<Exemplar> exemplars(long defaultTimestampMs) {
    return emits() ? timed().toList() : classic.exemplars(defaultTimestampMs);
  }

  /** A native histogram has no exemplars without a time of their own. */
  private Stream<Exemplar> timed() {
    return collectedExemplars.stream().filter(Exemplar::timed);
  }

  @Override
  public Labels labels() {
    return emits() ? base : classic.labels();
  }

  @Override
  public byte[] packedLabels() {
    return emits() ? LabelSetTable.pack(base) : classic.packedLabels();
  }

  @Override
  public String family() {
    return classic.family();
  }

  /** Of the held entry where a converted histogram was given before it: never at a series. */
  @Override
  public MetricType type() {
    return emits() ? type : classic.type();
  }

  @Override
  public String help() {
    return classic.help();
  }

  @Override
  public String unit() {
    return classic.unit();
  }
}
