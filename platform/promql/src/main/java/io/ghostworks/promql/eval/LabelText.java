package io.ghostworks.promql.eval;

import io.ghostworks.model.label.LabelNames;
import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.text.QuotedText;
import java.util.StringJoiner;

/** Labels as errors name them: all in braces, the metric's name too. */
final class LabelText {

  private LabelText() {}

  static String format(Labels labels) {
    StringJoiner out = new StringJoiner(", ", "{", "}");
    labels.forEach((name, value) ->
        out.add(
            (LabelNames.isLegacyLabelName(name) ? name : QuotedText.quote(name))
                + "="
                + QuotedText.quote(value)));
    return out.toString();
  }

  /** Whether a text can be a label's name: not empty, and all of it UTF-8. */
  static boolean isName(String text) {
    return !text.isEmpty() && !QuotedText.hasEscapedBytes(text);
  }
}
