package io.ghostworks.dashboards.store;

import java.util.function.IntUnaryOperator;

/** The names of dashboards and folders in addresses. */
final class Uids {

  private static final int CHARS_MAX = 40;
  private static final int CHARS = 14;
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

  private Uids() {}

  static boolean isValid(String uid) {
    return uid.chars()
        .allMatch(c ->
            (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_');
  }

  static boolean isTooLong(String uid) {
    return uid.length() > CHARS_MAX;
  }

  /**
   * A new one.
   *
   * @param random a number from 0, below a bound
   */
  static String random(IntUnaryOperator random) {
    StringBuilder uid = new StringBuilder(CHARS);
    for (int i = 0; i < CHARS; i++) {
      uid.append(LETTERS.charAt(random.applyAsInt(i == 0 ? 26 : LETTERS.length())));
    }
    return uid.toString();
  }
}
