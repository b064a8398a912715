package io.ghostworks.wire.exposition;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.model.metric.MetricType;
import io.ghostworks.model.metric.Samples;
import org.jspecify.annotations.Nullable;

/**
 * Reads the OpenMetrics text format 1.0 and accepts what Prometheus's own parser accepts, which
 * checks syntax but not the order and completeness of families. {@code _created} samples are series
 * as any other, as they are there by default, or start timestamps where {@link CreatedTimes} are
 * given.
 *
 * <p>Source: OpenMetrics 1.0, "Text format", and the behaviour of {@code model/textparse}.
 */
public final class OpenMetricsParser implements ExpositionParser {
  private static final double NAN = Double.longBitsToDouble(Samples.NAN_BITS);

  private final @Nullable CreatedTimes created;
  private final byte[] text;
  private final int end;
  private final SampleText sample;
  private final FamilyLine line;
  private final SampleText exemplarText;
  private int at;
  private int seriesStart;
  private int seriesEnd;
  private double value;
  private boolean hasTimestamp;
  private long timestampMs;
  private boolean hasExemplar;
  private double exemplarValue;
  private boolean hasExemplarTimestamp;
  private long exemplarTimestampMs;
  private MetricType type = MetricType.UNKNOWN;

  public OpenMetricsParser(byte[] text, int offset, int length) {
    this(text, offset, length, null);
  }

  /**
   * @param created the starts that the text tells, where they are no series
   */
  OpenMetricsParser(byte[] text, int offset, int length, @Nullable CreatedTimes created) {
    this.created = created;
    this.text = text;
    this.at = offset;
    this.end = offset + length;
    this.sample = new SampleText(text, end);
    this.line = new FamilyLine(text, end, sample);
    this.exemplarText = new SampleText(text, end);
  }

  @Override
  public Entry next() {
    while (true) {
      if (at >= end) {
        throw sample.error("data does not end with # EOF", at);
      }
      byte c = text[at];
      if (c == '#') {
        return metadata();
      }
      series(c);
      if (created == null || !CreatedTimes.isCreated(this)) {
        return Entry.SERIES;
      }
    }
  }

  /** Whether the text of the series has a word anywhere. */
  boolean textHas(String word) {
    for (int from = seriesStart; from + word.length() <= seriesEnd; from++) {
      int same = 0;
      while (same < word.length() && text[from + same] == word.charAt(same)) {
        same++;
      }
      if (same == word.length()) {
        return true;
      }
    }
    return false;
  }

  /** Whether the name of the series ends so. */
  boolean nameEndsWith(String suffix) {
    return labels().metricName().endsWith(suffix);
  }

  @Override
  public long startTimestampMs() {
    return created == null ? 0 : created.startMs(this);
  }

  private void series(byte first) {
    sample.reset();
    seriesStart = at;
    if (first == '{') {
      at = sample.readLabels(at + 1, true, false);
      if (!sample.hasName()) {
        throw sample.error("metric name not set", seriesStart);
      }
    } else if (SampleText.startsName(first)) {
      int nameEnd = sample.endOfName(at);
      sample.name(at, nameEnd);
      at = nameEnd;
      if (at < end && text[at] == '{') {
        at = sample.readLabels(at + 1, true, false);
      }
    } else {
      throw sample.error("expected a valid start token", at);
    }
    seriesEnd = at;
    value = value("expected value after metric");
    hasTimestamp = isWordNext();
    if (hasTimestamp) {
      timestampMs = timestamp();
    }
    hasExemplar = isExemplarNext();
    if (hasExemplar) {
      exemplar();
    }
    endOfLine();
  }

  private void exemplar() {
    exemplarText.reset();
    at = exemplarText.readLabels(at + 4, true, true);
    exemplarValue = value("expected value after exemplar labels");
    hasExemplarTimestamp = at < end && text[at] == ' ';
    if (hasExemplarTimestamp) {
      exemplarTimestampMs = timestamp();
    }
  }

  private boolean isWordNext() {
    return at < end && text[at] == ' ' && !isExemplarNext();
  }

  private boolean isExemplarNext() {
    return at + 3 < end
        && text[at] == ' '
        && text[at + 1] == '#'
        && text[at + 2] == ' '
        && text[at + 3] == '{';
  }

  private double value(String otherwise) {
    double number = word(otherwise);
    return Double.isNaN(number) ? NAN : number;
  }

  private long timestamp() {
    int start = at;
    double seconds = word("expected timestamp");
    if (!Double.isFinite(seconds)) {
      throw sample.error("invalid timestamp", start);
    }
    return (long) (seconds * 1000);
  }

  private double word(String otherwise) {
    int start = at + 1;
    int wordEnd = start;
    while (wordEnd < end && text[wordEnd] != ' ' && text[wordEnd] != '\n') {
      wordEnd++;
    }
    if (at >= end || text[at] != ' ' || wordEnd == start) {
      throw sample.error(otherwise, at);
    }
    at = wordEnd;
    return sample.number(start, wordEnd);
  }

  private void endOfLine() {
    if (at >= end) {
      throw sample.error("data does not end with # EOF", at);
    }
    if (text[at] != '\n') {
      throw sample.error("expected next entry after timestamp", at);
    }
    at++;
  }

  private Entry metadata() {
    if (isKeyword("# EOF") && (at + 5 == end || (text[at + 5] == '\n' && at + 6 == end))) {
      at = end;
      return Entry.END;
    }
    if (isKeyword("# HELP ")) {
      readFamilyAndWords();
      line.checkHelp();
      return Entry.HELP;
    }
    if (isKeyword("# TYPE ")) {
      readFamilyAndWords();
      type = typeOf(line.words());
      return Entry.TYPE;
    }
    if (isKeyword("# UNIT ")) {
      readFamilyAndWords();
      checkUnit(family(), unit());
      return Entry.UNIT;
    }
    throw sample.error(
        isKeyword("# EOF") ? "unexpected data after # EOF" : "expected a valid start token", at);
  }

  private boolean isKeyword(String word) {
    if (end - at < word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (text[at + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void readFamilyAndWords() {
    at = line.readFamily(at + 7);
    if (at >= end || text[at] != ' ') {
      throw sample.error("expected text after the metric name", at);
    }
    at = line.readWords(at);
    if (at == end) {
      throw sample.error("data does not end with # EOF", at);
    }
    at++;
  }

  private void checkUnit(String family, String unit) {
    if (!unit.isEmpty() && !family.endsWith("_" + unit)) {
      throw sample.error(
          "unit \"%s\" not a suffix of metric \"%s\"".formatted(unit, family), line.wordsStart());
    }
  }

  private MetricType typeOf(String word) {
    for (MetricType candidate : MetricType.values()) {
      if (candidate.word().equals(word)) {
        return candidate;
      }
    }
    throw sample.error("invalid metric type \"%s\"".formatted(word), line.wordsStart());
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
  public boolean hasTimestamp() {
    return hasTimestamp;
  }

  @Override
  public long timestampMs() {
    return timestampMs;
  }

  @Override
  public boolean hasExemplar() {
    return hasExemplar;
  }

  @Override
  public Exemplar exemplar(long defaultTimestampMs) {
    if (!hasExemplar) {
      throw new IllegalStateException("the sample has no exemplar");
    }
    return new Exemplar(
        exemplarText.labels(MetricType.UNKNOWN),
        exemplarValue,
        hasExemplarTimestamp ? exemplarTimestampMs : defaultTimestampMs,
        hasExemplarTimestamp);
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
    return SampleText.unescape(line.words(), true);
  }

  @Override
  public String unit() {
    return line.words();
  }
}
