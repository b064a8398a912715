package io.ghostworks.logql.quantity;

import io.ghostworks.template.GoStrings;

/** Texts between quotes as Go writes them. */
public final class GoText {
  private GoText() {}

  /** In double quotes with Go's escapes. */
  public static String quote(String text) {
    return GoStrings.quote(text);
  }
}
