package io.ghostworks.template;

import com.google.re2j.Pattern;

/** What Go's {@code regexp} does beyond finding. */
public final class GoRegex {
  private GoRegex() {}

  /** As {@code ReplaceAllString}: {@code $1}, {@code $name}, {@code ${name}} and {@code $$}. */
  public static String replaceAll(Pattern pattern, String replacement, String text) {
    return CommonFunctions.replaceAll(pattern, replacement, text);
  }
}
