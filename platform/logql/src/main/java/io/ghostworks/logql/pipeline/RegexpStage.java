package io.ghostworks.logql.pipeline;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Map;
import java.util.TreeMap;

/** {@code | regexp}: the named groups of the first match. */
final class RegexpStage implements PipelineStage {
  private final Pattern pattern;
  private final int[] groups;
  private final String[] names;

  RegexpStage(Pattern pattern) {
    this.pattern = pattern;
    Map<Integer, String> byNumber = new TreeMap<>();
    pattern.namedGroups().forEach((name, number) -> byNumber.put(number, name));
    groups = byNumber.keySet().stream().mapToInt(number -> number).toArray();
    names = byNumber.values().stream().map(LabelKeys::sanitized).toArray(String[]::new);
  }

  @Override
  public boolean process(Line line, LineLabels labels) {
    Matcher matcher = pattern.matcher(line.text());
    if (!matcher.find()) {
      return true;
    }
    for (int i = 0; i < groups.length; i++) {
      String name = labels.unique(names[i]);
      if (!names[i].isEmpty() && labels.hints().wants(name)) {
        String value = matcher.group(groups[i]);
        labels.set(name, value == null ? "" : value);
      }
    }
    return true;
  }
}
