package io.ghostworks.wire.exposition;

import io.ghostworks.model.column.IntColumn;
import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.MetricType;
import io.ghostworks.wire.exposition.ExpositionFormat.Histograms;
import io.ghostworks.wire.label.LabelPacker;
import io.ghostworks.wire.number.DecimalText;
import io.ghostworks.wire.proto.ProtoReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads length-delimited messages {@code io.prometheus.client.MetricFamily} and gives them as the
 * text formats would: summaries and classic histograms as several series, native histograms as one.
 *
 * <p>A series' text is its packed labels. Source: Prometheus model/textparse, protobufparse.go.
 *
 * <pre>
 * family -> help -> [unit] -> type -> sample -> ... -> sample -> family   // a family without metrics is passed over
 * a metric's samples: value | [native] [count sum bucket...] | count sum quantile...
 * </pre>
 */
public final class ProtobufParser implements ExpositionParser {
  private static final int NAME = 1 << 3 | ProtoReader.BYTES;
  private static final int HELP = 2 << 3 | ProtoReader.BYTES;
  private static final int TYPE = 3 << 3 | ProtoReader.VARINT;
  private static final int METRIC = 4 << 3 | ProtoReader.BYTES;
  private static final int UNIT = 5 << 3 | ProtoReader.BYTES;

  /** The samples of a metric that are no bucket and no quantile, in their order. */
  private static final int VALUE = -4;

  private static final int NATIVE = -3;
  private static final int COUNT = -2;
  private static final int SUM = -1;

  private static final byte[] METRIC_NAME = bytes(Labels.METRIC_NAME);
  private static final byte[] LE = bytes("le");
  private static final byte[] QUANTILE = bytes("quantile");

  private final ProtoReader reader;
  private final Histograms histograms;
  private final MetricMessage metric;
  private final IntColumn metrics = new IntColumn();
  private final LabelPacker packer = new LabelPacker();
  private Entry state = Entry.END;
  private String family = "";
  private String help = "";
  private String unit = "";
  private MetricType type = MetricType.UNKNOWN;
  private byte[] name = {};
  private byte[] countName = {};
  private byte[] sumName = {};
  private byte[] bucketName = {};
  private long[] numberBits = new long[16];
  private byte[] @Nullable [] numberTexts = new byte[16][];
  private int nextFamily;
  private int nextMetric;
  private int part;
  private int seriesEnd;
  private @Nullable FloatHistogram histogram;

  ProtobufParser(byte[] bytes, int offset, int length, Histograms histograms) {
    this.reader = new ProtoReader(bytes, offset, length);
    this.metric = new MetricMessage(reader);
    this.histograms = histograms;
    this.nextFamily = offset;
  }

  @Override
  public Entry next() {
    state =
        switch (state) {
          case END -> readFamily();
          case HELP -> unit.isEmpty() ? Entry.TYPE : Entry.UNIT;
          case UNIT -> Entry.TYPE;
          case TYPE -> readMetric();
          case SERIES -> goOn() ? Entry.SERIES : readMetric();
        };
    if (state == Entry.SERIES) {
      pack();
    }
    return state;
  }

  private Entry readFamily() {
    reader.rewind(nextFamily);
    while (reader.position() < reader.limit()) {
      int outer = reader.enter();
      readFamilyFields();
      reader.leave(outer);
      nextFamily = reader.position();
      if (metrics.size() > 0) {
        nextMetric = 0;
        if (family.isEmpty()) {
          throw reader.malformed("a metric family has no name");
        }
        name = bytes(family);
        countName = bytes(family + "_count");
        sumName = bytes(family + "_sum");
        bucketName = bytes(family + "_bucket");
        return Entry.HELP;
      }
    }
    return Entry.END;
  }

  private void readFamilyFields() {
    metrics.truncate(0);
    family = "";
    help = "";
    unit = "";
    type = MetricType.COUNTER;
    while (reader.next()) {
      switch (reader.tag()) {
        case NAME -> family = ExemplarMessage.text(reader);
        case HELP -> help = ExemplarMessage.text(reader);
        case TYPE -> type = type((int) reader.varint());
        case METRIC -> {
          metrics.add(reader.position());
          reader.skip();
        }
        case UNIT -> unit = ExemplarMessage.text(reader);
        default -> reader.skip();
      }
    }
  }

  private MetricType type(int number) {
    return switch (number) {
      case 0 -> MetricType.COUNTER;
      case 1 -> MetricType.GAUGE;
      case 2 -> MetricType.SUMMARY;
      case 3 -> MetricType.UNKNOWN;
      case 4 -> MetricType.HISTOGRAM;
      case 5 -> MetricType.GAUGEHISTOGRAM;
      default ->
          throw reader.malformed("unknown metric type %d of \"%s\"".formatted(number, family));
    };
  }

  private Entry readMetric() {
    if (nextMetric == metrics.size()) {
      return readFamily();
    }
    metric.read(metrics.get(nextMetric++));
    if (isHistogram()) {
      part = histograms != Histograms.CLASSIC && metric.histogram().isNative() ? NATIVE : COUNT;
    } else {
      part = type == MetricType.SUMMARY ? COUNT : VALUE;
    }
    return Entry.SERIES;
  }

  /** Goes to the metric's next sample; false where there is none. */
  private boolean goOn() {
    boolean more =
        switch (part) {
          case VALUE -> false;
          case NATIVE ->
              histograms == Histograms.NATIVE_AND_CLASSIC && metric.histogram().buckets() > 0;
          case COUNT -> true;
          default -> isHistogram() ? hasBucketAfter(part) : part + 1 < metric.quantiles();
        };
    part++;
    return more;
  }

  private boolean hasBucketAfter(int bucket) {
    return bucket < 0
        || (bucket < metric.histogram().buckets()
            && metric.histogram().bound(bucket) != Double.POSITIVE_INFINITY);
  }

  private boolean isHistogram() {
    return type == MetricType.HISTOGRAM || type == MetricType.GAUGEHISTOGRAM;
  }

  private void pack() {
    histogram = null;
    packer.clear();
    byte[] named =
        switch (part) {
          case VALUE, NATIVE -> name;
          case COUNT -> countName;
          case SUM -> sumName;
          default -> isHistogram() ? bucketName : name;
        };
    packer.add(METRIC_NAME, named);
    metric.addLabelsTo(packer);
    if (part >= 0) {
      packer.add(isHistogram() ? LE : QUANTILE, numberText(number()));
    }
    seriesEnd = packer.pack();
  }

  private double number() {
    if (!isHistogram()) {
      return metric.quantile(part);
    }
    return part < metric.histogram().buckets()
        ? metric.histogram().bound(part)
        : Double.POSITIVE_INFINITY;
  }

  /** Metrics of a family mostly have the same bounds at the same places. */
  private byte[] numberText(double number) {
    if (part >= numberBits.length) {
      numberBits = Arrays.copyOf(numberBits, part * 2);
      numberTexts = Arrays.copyOf(numberTexts, part * 2);
    }
    long bits = Double.doubleToRawLongBits(number);
    byte[] text = numberTexts[part];
    if (text == null || numberBits[part] != bits) {
      text = bytes(DecimalText.openMetrics(number));
      numberTexts[part] = text;
      numberBits[part] = bits;
    }
    return text;
  }

  @Override
  public byte[] bytes() {
    return packer.packed();
  }

  @Override
  public int seriesStart() {
    return 0;
  }

  @Override
  public int seriesEnd() {
    return seriesEnd;
  }

  @Override
  public double value() {
    HistogramMessage buckets = metric.histogram();
    return switch (part) {
      case VALUE -> metric.value(type);
      case NATIVE -> buckets.sum();
      case COUNT -> isHistogram() ? buckets.count() : metric.summaryCount();
      case SUM -> isHistogram() ? buckets.sum() : metric.summarySum();
      default -> {
        if (!isHistogram()) {
          yield metric.quantileValue(part);
        }
        yield part < buckets.buckets() ? buckets.cumulativeCount(part) : buckets.count();
      }
    };
  }

  @Override
  public @Nullable FloatHistogram histogram() {
    if (part == NATIVE && histogram == null) {
      histogram = metric.histogram().histogram(type == MetricType.GAUGEHISTOGRAM);
    }
    return histogram;
  }

  @Override
  public long startTimestampMs() {
    return metric.startMs(type);
  }

  @Override
  public boolean hasTimestamp() {
    return metric.timestampMs() != 0;
  }

  @Override
  public long timestampMs() {
    return metric.timestampMs();
  }

  @Override
  public boolean hasExemplar() {
    return part == NATIVE
        ? metric.histogram().nativeExemplars().size() > 0
        : exemplarPosition() >= 0;
  }

  @Override
  public Exemplar exemplar(long defaultTimestampMs) {
    return exemplars(defaultTimestampMs).getFirst();
  }

  /** Those of native histograms count only with timestamps of their own, as for Prometheus. */
  @Override
  public List<Exemplar> exemplars(long defaultTimestampMs) {
    if (part != NATIVE) {
      return hasExemplar() ? List.of(exemplar(exemplarPosition(), defaultTimestampMs)) : List.of();
    }
    IntColumn positions = metric.histogram().nativeExemplars();
    List<Exemplar> exemplars = new ArrayList<>();
    for (int i = 0; i < positions.size(); i++) {
      if (positions.get(i) >= 0) {
        exemplars.add(exemplar(positions.get(i), defaultTimestampMs));
      }
    }
    exemplars.removeIf(exemplar -> !exemplar.timed());
    exemplars.sort(
        Comparator.comparingLong(Exemplar::timestampMs).thenComparingDouble(Exemplar::value));
    return exemplars;
  }

  private int exemplarPosition() {
    if (type == MetricType.COUNTER) {
      return metric.counterExemplar();
    }
    boolean bucket = isHistogram() && part >= 0 && part < metric.histogram().buckets();
    return bucket ? metric.histogram().bucketExemplar(part) : -1;
  }

  private Exemplar exemplar(int position, long defaultTimestampMs) {
    reader.rewind(position);
    return ExemplarMessage.read(reader, defaultTimestampMs);
  }

  @Override
  public Labels labels() {
    int duplicate = packer.findDuplicate();
    if (duplicate >= 0) {
      throw reader.malformed("label name \"%s\" is not unique".formatted(packer.name(duplicate)));
    }
    if (!packer.areUtf8()) {
      throw reader.malformed("labels of \"%s\" without name or not UTF-8".formatted(family));
    }
    LabelSetTable table = new LabelSetTable();
    return table.labels(packer.addTo(table));
  }

  @Override
  public byte[] packedLabels() {
    return LabelSetTable.pack(labels());
  }

  @Override
  public String family() {
    return family;
  }

  @Override
  public MetricType type() {
    return type;
  }

  @Override
  public String help() {
    return help;
  }

  @Override
  public String unit() {
    return unit;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
