package io.ghostworks.wire.exposition;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.MetricType;
import io.ghostworks.model.metric.Samples;
import org.jspecify.annotations.Nullable;

/**
 * Reads the Prometheus text format, versions 0.0.4 and 1.0.0, and accepts what Prometheus's own
 * parser accepts.
 *
 * <p>Source: Prometheus documentation, "Exposition formats", and the behaviour of {@code
 * model/textparse}. Blanks before a name are no part of it, as the documentation says.
 */
public final class PrometheusTextParser implements ExpositionParser {
  private static final double NAN = Double.longBitsToDouble(Samples.NAN_BITS);

  private final byte[] text;
  private final int end;
  private final SampleText sample;
  private final FamilyLine line;
  private int at;
  private int seriesStart;
  private int seriesEnd;
  private double value;
  private boolean hasTimestamp;
  private long timestampMs;
  private MetricType type = MetricType.UNKNOWN;
  private final boolean history;
  private @Nullable FloatHistogram histogram;
  private long startTimestampMs;

  public PrometheusTextParser(byte[] text, int offset, int length) {
    this(text, offset, length, false);
  }

  /** A parser that also reads what {@link HistoryWriter} adds to the format. */
  public static PrometheusTextParser ofHistory(byte[] text, int offset, int length) {
    return new PrometheusTextParser(text, offset, length, true);
  }

  private PrometheusTextParser(byte[] text, int offset, int length, boolean history) {
    this.history = history;
    this.text = text;
    this.at = offset;
    this.end = offset + length;
    this.sample = new SampleText(text, end);
    this.line = new FamilyLine(text, end, sample);
  }

  @Override
  public Entry next() {
    while (true) {
      at = sample.skipBlanks(at);
      if (at >= end || text[at] == 0) {
        return Entry.END;
      }
      byte c = text[at];
      if (c == '\n') {
        at++;
      } else if (c == '#') {
        Entry metadata = comment();
        if (metadata != null) {
          return metadata;
        }
      } else {
        series(c);
        return Entry.SERIES;
      }
    }
  }

  private void series(byte first) {
    sample.reset();
    seriesStart = at;
    boolean braces = first == '{';
    if (!braces) {
      if (!SampleText.startsName(first)) {
        throw sample.error("expected a valid start token", at);
      }
      int nameEnd = sample.endOfName(at);
      sample.name(at, nameEnd);
      at = nameEnd;
      seriesEnd = at;
      int brace = sample.skipBlanks(at);
      braces = brace < end && text[brace] == '{';
      at = brace;
    }
    if (braces) {
      at = sample.readLabels(at + 1, false, false);
      seriesEnd = at;
      if (!sample.hasName()) {
        throw sample.error("metric name not set", seriesStart);
      }
    }
    valueAndTimestamp();
  }

  private void valueAndTimestamp() {
    int start = sample.skipBlanks(at);
    int wordEnd = sample.endOfWord(start);
    if (wordEnd == start || (text[start] == '{' && !history)) {
      throw sample.error("expected value after metric", start);
    }
    if (history) {
      historyValue(start, wordEnd);
    } else {
      value = sample.number(start, wordEnd);
      if (Double.isNaN(value)) {
        value = NAN;
      }
    }
    at = sample.skipBlanks(wordEnd);
    hasTimestamp = at < end && text[at] != '\n';
    if (hasTimestamp) {
      boolean negative = history && text[at] == '-';
      at += negative ? 1 : 0;
      timestampMs = 0;
      int digits = at;
      for (; at < end && text[at] >= '0' && text[at] <= '9'; at++) {
        int digit = text[at] - '0';
        if (timestampMs > (Long.MAX_VALUE - digit) / 10) {
          throw sample.error("timestamp out of range", digits);
        }
        timestampMs = timestampMs * 10 + digit;
      }
      if (at == digits) {
        throw sample.error("expected timestamp or new record", at);
      }
      timestampMs = negative ? -timestampMs : timestampMs;
      at = sample.skipBlanks(at);
      if (history && at < end && text[at] != '\n') {
        historyStart();
      }
    }
    endOfLine("expected next entry after timestamp");
  }

  private void historyValue(int start, int wordEnd) {
    histogram = null;
    startTimestampMs = 0;
    try {
      if (text[start] == '{') {
        histogram = HistogramText.parse(sample.string(start, wordEnd));
        value = histogram.sum();
      } else if (text[start] == '0' && wordEnd - start == 18) {
        value = HistogramText.parseNumber(sample.string(start, wordEnd));
      } else {
        value = sample.number(start, wordEnd);
        value = Double.isNaN(value) ? NAN : value;
      }
    } catch (IllegalArgumentException e) {
      throw sample.error(String.valueOf(e.getMessage()), start);
    }
  }

  private void historyStart() {
    int wordEnd = sample.endOfWord(at);
    String word = sample.string(at, wordEnd);
    if (!word.matches("st@-?[0-9]{1,18}")) {
      throw sample.error("expected st@ and a start timestamp, or the end of the line", at);
    }
    startTimestampMs = Long.parseLong(word.substring(3));
    at = sample.skipBlanks(wordEnd);
  }

  private void endOfLine(String otherwise) {
    if (at < end && text[at] != '\n') {
      throw sample.error(otherwise, at);
    }
    at++;
  }

  private ExpositionParser.@Nullable Entry comment() {
    int start = at + 1;
    int word = sample.skipBlanks(start);
    boolean help = word > start && isWord(word, "HELP");
    if (!help && !(word > start && isWord(word, "TYPE"))) {
      at = line.endOfLine(start);
      return null;
    }
    at = line.readWords(line.readFamily(sample.skipBlanks(word + 4)));
    if (help) {
      line.checkHelp();
    } else {
      type = typeOf(line.words());
    }
    return help ? Entry.HELP : Entry.TYPE;
  }

  private boolean isWord(int start, String word) {
    if (start + 4 >= end || (text[start + 4] != ' ' && text[start + 4] != '\t')) {
      return false;
    }
    for (int i = 0; i < 4; i++) {
      if (text[start + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private MetricType typeOf(String word) {
    return switch (word) {
      case "counter" -> MetricType.COUNTER;
      case "gauge" -> MetricType.GAUGE;
      case "histogram" -> MetricType.HISTOGRAM;
      case "summary" -> MetricType.SUMMARY;
      case "untyped" -> MetricType.UNKNOWN;
      default ->
          throw sample.error("invalid metric type \"%s\"".formatted(word), line.wordsStart());
    };
  }

  @Override
  public byte[] bytes() {
    return text;
  }

  @Override
  public int seriesStart() {
    return seriesStart;
  }

  @Override
  public int seriesEnd() {
    return seriesEnd;
  }

  @Override
  public double value() {
    return value;
  }

  @Override
  public @Nullable FloatHistogram histogram() {
    return histogram;
  }

  @Override
  public long startTimestampMs() {
    return startTimestampMs;
  }

  @Override
  public boolean hasTimestamp() {
    return hasTimestamp;
  }

  @Override
  public long timestampMs() {
    return timestampMs;
  }

  @Override
  public boolean hasExemplar() {
    return false;
  }

  @Override
  public Exemplar exemplar(long defaultTimestampMs) {
    throw new IllegalStateException("the Prometheus text format has no exemplars");
  }

  @Override
  public Labels labels() {
    return sample.labels(type);
  }

  @Override
  public byte[] packedLabels() {
    return sample.packedLabels(type);
  }

  @Override
  public String family() {
    return line.family();
  }

  @Override
  public MetricType type() {
    return type;
  }

  @Override
  public String help() {
    return SampleText.unescape(line.words(), false);
  }

  @Override
  public String unit() {
    return "";
  }
}
