package io.ghostworks.alertmanager;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/**
 * Hides secrets in the text of an {@code alertmanager.yml} before it is shown, as Alertmanager
 * does: values of keys that name a password, secret, token, key, credentials or URL become {@code
 * <secret>}. Where such a value spans lines, nothing is shown.
 */
final class SecretMask {

  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)([\\w-]*(?:password|secret|token|credentials|key|url|hash)[\"']?[ \\t]*:)[ \\t]*(\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'|[^\\s,}\\]#][^,}\\n]*)");
  private static final Pattern SEVERAL_LINES =
      Pattern.compile(
          "(?i)(?:password|secret|token|credentials|key|url|hash)[\"']?[ \\t]*:[ \\t]*(?:[|>&*!?].*)?\\n");

  private SecretMask() {}

  static String masked(String yaml) {
    if (SEVERAL_LINES.matcher(yaml + "\n").find()) {
      return "# not shown: it holds secrets that span lines";
    }
    Matcher matcher = SECRET.matcher(yaml);
    return matcher.replaceAll("$1 <secret>");
  }
}
