package io.ghostworks.promql.script;

import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.text.DurationText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A line such as {@code up{job="a"}@st _ -30s -1m-1mx2}: for each sample of the line after it, how
 * far its start lies from its time.
 *
 * @param offsetsMs one a value of the series; null where nothing is said
 */
record StartOffsets(Labels labels, List<@Nullable Long> offsetsMs) {

  private static final Pattern LINE = Pattern.compile("^(\\S+)@st\\s+(.*)$");
  private static final Pattern ITEM =
      Pattern.compile("^([+-]?[0-9][0-9a-z.]*?)(?:([+-][0-9][0-9a-z.]*?)?x([0-9]{1,7}))?$");

  static boolean isOne(String line) {
    return LINE.matcher(line).matches();
  }

  /**
   * @throws IllegalArgumentException if the line is none
   */
  static StartOffsets parse(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("invalid @st line: " + line);
    }
    List<@Nullable Long> offsets = new ArrayList<>();
    for (String item : matcher.group(2).strip().split("\\s+")) {
      add(item, offsets);
    }
    return new StartOffsets(SeriesDescription.parse(matcher.group(1) + " _").labels(), offsets);
  }

  private static void add(String item, List<@Nullable Long> offsets) {
    if (item.startsWith("_")) {
      int count = item.length() == 1 ? 1 : Integer.parseInt(item.substring(2));
      for (int i = 0; i < count; i++) {
        offsets.add(null);
      }
      return;
    }
    Matcher matcher = ITEM.matcher(item);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("invalid start offset '%s'".formatted(item));
    }
    long offset = signed(matcher.group(1));
    long step = matcher.group(2) == null ? 0 : signed(matcher.group(2));
    int repetitions = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
    for (int i = 0; i <= repetitions; i++) {
      offsets.add(offset + i * step);
    }
  }

  private static long signed(String text) {
    boolean signed = text.startsWith("-") || text.startsWith("+");
    long ms = DurationText.parseMs(signed ? text.substring(1) : text);
    return text.startsWith("-") ? -ms : ms;
  }

  /** Puts the starts at the samples of the series that follows, which is stored already. */
  void apply(SeriesDescription series, long stepMs, MemorySeries target) {
    for (int i = 0; i < offsetsMs.size(); i++) {
      Long offsetMs = offsetsMs.get(i);
      if (offsetMs != null) {
        target.setStart(series.labels(), i * stepMs, i * stepMs + offsetMs);
      }
    }
  }
}
