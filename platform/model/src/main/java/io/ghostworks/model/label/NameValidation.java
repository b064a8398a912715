package io.ghostworks.model.label;

/**
 * Which texts are names: any non-empty text, as since Prometheus 3, or only the legacy characters.
 */
public enum NameValidation {
  /** {@code [a-zA-Z_][a-zA-Z0-9_]*} for labels, with colons for metrics. */
  LEGACY {
    @Override
    public boolean isLabelName(String name) {
      return LabelNames.isLegacyLabelName(name);
    }

    @Override
    public boolean isMetricName(String name) {
      return LabelNames.isLegacyMetricName(name);
    }
  },

  /** Any text that is not empty and encodes to valid UTF-8. */
  UTF8 {
    @Override
    public boolean isLabelName(String name) {
      return !name.isEmpty() && hasNoLoneSurrogate(name);
    }

    @Override
    public boolean isMetricName(String name) {
      return isLabelName(name);
    }
  };

  public abstract boolean isLabelName(String name);

  public abstract boolean isMetricName(String name);

  private static boolean hasNoLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        int codePoint = text.codePointAt(i);
        if (codePoint < Character.MIN_SUPPLEMENTARY_CODE_POINT) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
