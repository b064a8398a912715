package io.ghostworks.collector.generator;

/** Names labels after attributes, as Prometheus's strutil.SanitizeLabelName does. */
final class LabelName {
  private LabelName() {}

  static String of(String key) {
    StringBuilder name = new StringBuilder(key.length());
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      boolean allowed =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
      name.append(allowed ? c : '_');
    }
    return name.toString();
  }
}
