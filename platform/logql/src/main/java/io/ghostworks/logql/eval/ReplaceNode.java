package io.ghostworks.logql.eval;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.relabel.RegexTemplate;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;

/** {@code label_replace}. Values stay; several series may come to have equal labels. */
final class ReplaceNode implements StepNode {
  private final StepNode input;
  private final String destination;
  private final RegexTemplate replacement;
  private final String source;
  private final Pattern pattern;
  private final LongConsumer memory;
  private final Map<Integer, Labels> replaced = new HashMap<>();

  /**
   * @param pattern must match the whole value of the label {@code source}
   */
  ReplaceNode(
      StepNode input,
      String destination,
      String replacement,
      String source,
      Pattern pattern,
      LongConsumer memory) {
    this.input = input;
    this.destination = destination;
    this.replacement = RegexTemplate.of(replacement, pattern);
    this.source = source;
    this.pattern = pattern;
    this.memory = memory;
  }

  @Override
  public boolean next(StepVector out) {
    return input.next(out);
  }

  @Override
  public Labels labels(int series) {
    return replaced.computeIfAbsent(series, this::replace);
  }

  private Labels replace(int series) {
    Labels labels = input.labels(series);
    Matcher matcher = pattern.matcher(labels.get(source));
    if (!matcher.matches()) {
      return labels;
    }
    String value = replacement.expand(matcher);
    Labels result = LabelSets.filled(labels).toBuilder().set(destination, value).build();
    memory.accept(LabelTable.bytes(result));
    return result;
  }

  @Override
  public void close() {
    input.close();
  }
}
