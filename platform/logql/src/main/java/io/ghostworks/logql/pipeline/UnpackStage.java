package io.ghostworks.logql.pipeline;

import java.util.ArrayList;
import java.util.List;

/**
 * {@code | unpack}: a JSON object of texts, as Promtail's pack stage writes it; {@code _entry} is
 * the line, and without it nothing changes.
 */
final class UnpackStage implements PipelineStage {
  private static final String ENTRY = "_entry";

  @Override
  public boolean process(Line line, LineLabels labels) {
    if (line.isEmpty() || labels.hints().wantsNothing()) {
      return true;
    }
    if (line.bytes()[line.from()] != '{') {
      labels.parserError("JSONParserErr", "expecting json object(6), but it is not");
      return true;
    }
    try {
      unpack(line, labels);
    } catch (JsonException e) {
      labels.parserError("JSONParserErr", e.getMessage());
    }
    return true;
  }

  private static void unpack(Line line, LineLabels labels) throws JsonException {
    JsonCursor json = new JsonCursor(line.bytes(), line.to());
    List<String> found = new ArrayList<>();
    byte[][] entry = new byte[1][];
    JsonFields.forEach(
        json,
        line.from(),
        key -> {
          if (json.type() != JsonCursor.Type.STRING) {
            return;
          }
          if (key.equals(ENTRY)) {
            entry[0] = json.unescapedBytes(json.valueFrom(), json.valueTo());
            return;
          }
          String name = labels.unique(key);
          if (labels.hints().wants(name)) {
            found.add(LabelKeys.sanitized(name));
            found.add(json.valueText());
          }
        });
    if (entry[0] != null) {
      line.set(entry[0], 0, entry[0].length);
      for (int i = 0; i < found.size(); i += 2) {
        labels.set(found.get(i), found.get(i + 1));
      }
    }
  }
}
