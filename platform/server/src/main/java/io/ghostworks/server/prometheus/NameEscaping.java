package io.ghostworks.server.prometheus;

import java.util.function.IntPredicate;

/**
 * What becomes of names that are not of letters, digits, underscores and colons for readers that
 * take only those (prometheus/common, model.EscapeName).
 */
enum NameEscaping {
  ALLOW_UTF_8("allow-utf-8"),
  UNDERSCORES("underscores"),
  DOTS("dots"),
  VALUES("values");

  private final String word;

  NameEscaping(String word) {
    this.word = word;
  }

  /** Its word in {@code Accept} and {@code Content-Type}. */
  String word() {
    return word;
  }

  /** The scheme of a word, or another one if it is unknown. */
  static NameEscaping find(String word, NameEscaping otherwise) {
    for (NameEscaping scheme : values()) {
      if (scheme.word.equals(word)) {
        return scheme;
      }
    }
    return otherwise;
  }

  String escape(String name) {
    if (isLegacy(name)) {
      return name;
    }
    return switch (this) {
      case ALLOW_UTF_8 -> name;
      case UNDERSCORES -> escape(name, c -> false, "");
      case DOTS -> escape(name, c -> c == '_' || c == '.', "");
      case VALUES -> escape(name, c -> c == '_', "U__");
    };
  }

  private static boolean isLegacy(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (!isLegacy(name.charAt(i), i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLegacy(int c, int at) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '_'
        || c == ':'
        || (c >= '0' && c <= '9' && at > 0);
  }

  private String escape(String name, IntPredicate special, String prefix) {
    StringBuilder out = new StringBuilder(prefix);
    for (int i = 0; i < name.length(); ) {
      int c = name.codePointAt(i);
      if (!special.test(c) && isLegacy(c, i)) {
        out.append((char) c);
      } else {
        out.append(replacement(c));
      }
      i += Character.charCount(c);
    }
    return out.toString();
  }

  private String replacement(int c) {
    return switch (this) {
      case DOTS -> c == '.' ? "_dot_" : "__";
      case VALUES -> c == '_' ? "__" : "_" + Integer.toHexString(c) + "_";
      case UNDERSCORES, ALLOW_UTF_8 -> "_";
    };
  }
}
