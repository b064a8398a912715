package io.ghostworks.logql.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;

/** {@code | logfmt name="key"}: the keys asked for, and no others. */
final class LogfmtExpressionStage implements PipelineStage {
  private final Map<String, String> keyByLabel = new LinkedHashMap<>();
  private final boolean strict;
  private final LogfmtDecoder decoder = new LogfmtDecoder();
  private final KeyCache keys = new KeyCache();

  /** With the label of each key. */
  LogfmtExpressionStage(Map<String, String> keyByLabel, boolean strict) {
    this.keyByLabel.putAll(keyByLabel);
    this.strict = strict;
  }

  @Override
  public boolean process(Line line, LineLabels labels) {
    ParserHints hints = labels.hints();
    if (hints.wantsNothing()) {
      return true;
    }
    for (String label : keyByLabel.keySet()) {
      if (!labels.isTaken(label)) {
        labels.set(label, "");
      }
    }
    decoder.reset(line.bytes(), line.from(), line.to());
    while (!decoder.atEnd()) {
      if (!decoder.next()) {
        if (strict) {
          break;
        }
        continue;
      }
      if (!take(labels)) {
        break;
      }
    }
    if (strict && !decoder.fault().isEmpty()) {
      labels.parserError("LogfmtParserErr", decoder.fault());
    }
    return true;
  }

  /** Whether to read on. */
  private boolean take(LineLabels labels) {
    String key = keys.name(decoder.line(), decoder.keyFrom(), decoder.keyTo());
    String label = labelOf(key);
    if (key.isEmpty() || !keyByLabel.containsKey(label)) {
      return true;
    }
    if (labels.isTaken(label)) {
      label = label + LineLabels.DUPLICATE;
      if (!labels.hints().wants(label)) {
        return false;
      }
    }
    String value = decoder.value();
    labels.set(label, value);
    return !labels.hints().hasAll();
  }

  private String labelOf(String key) {
    for (Map.Entry<String, String> entry : keyByLabel.entrySet()) {
      if (entry.getValue().equals(key)) {
        return entry.getKey();
      }
    }
    return key;
  }
}
