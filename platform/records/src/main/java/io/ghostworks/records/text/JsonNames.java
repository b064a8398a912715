package io.ghostworks.records.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The label names that LogQL's {@code json} stage gives the scalars of a flattened JSON object:
 * keys joined by underscores, other characters than letters, digits and underscores replaced by
 * one; scalars of arrays have none. Where the rule needs more than the keys' bytes (white space at
 * their ends, escapes, empty keys) the names are not known.
 */
final class JsonNames {

  private final List<@Nullable String> names = new ArrayList<>();
  private final List<@Nullable String> path = new ArrayList<>();
  private final List<Boolean> arrays = new ArrayList<>();
  private byte @Nullable [] key;
  private boolean inString;
  private boolean known = true;

  private JsonNames() {}

  /**
   * The name of each variable of a JSON template, null where it has none; null altogether where the
   * rule needs more.
   */
  static @Nullable List<@Nullable String> of(StoredTemplate template) {
    JsonNames names = new JsonNames();
    for (int i = 0; i <= template.variables() && names.known; i++) {
      names.standing(template.standing(i), i < template.variables());
    }
    return names.known ? names.names : null;
  }

  private void standing(byte[] form, boolean variableFollows) {
    int at = inString ? 1 : 0;
    inString = false;
    while (at < form.length) {
      switch (form[at]) {
        case '{' -> push(false);
        case '[' -> push(true);
        case '}', ']' -> pop();
        case '"' -> {
          if (variableFollows && at == form.length - 1) {
            inString = true;
          } else {
            int end = endOfKey(form, at);
            key = Arrays.copyOfRange(form, at + 1, end);
            at = end;
          }
        }
        default -> {
          // Commas, colons and white space.
        }
      }
      at++;
    }
    if (variableFollows) {
      names.add(name());
    }
  }

  private void push(boolean array) {
    path.add(path.isEmpty() ? "" : name());
    arrays.add(array);
  }

  private static int endOfKey(byte[] form, int quote) {
    int at = quote + 1;
    while (at < form.length && form[at] != '"') {
      at += form[at] == '\\' ? 2 : 1;
    }
    return Math.min(at, form.length);
  }

  private void pop() {
    if (path.isEmpty()) {
      known = false;
      return;
    }
    path.removeLast();
    arrays.removeLast();
  }

  /** The name of the value that comes now; null inside arrays. */
  private @Nullable String name() {
    if (path.isEmpty() || arrays.contains(true)) {
      return null;
    }
    byte[] last = key;
    if (last == null || !isPlain(last)) {
      known = false;
      return null;
    }
    String outer = path.getLast();
    String name = sanitized(last);
    return outer == null || outer.isEmpty() ? name : outer + "_" + name;
  }

  private static boolean isPlain(byte[] key) {
    if (key.length == 0 || key[0] == ' ' || key[key.length - 1] == ' ' || Tokens.isDigit(key[0])) {
      return false;
    }
    for (byte next : key) {
      if (next < ' ' || next == '\\') {
        return false;
      }
    }
    return true;
  }

  private static String sanitized(byte[] key) {
    StringBuilder name = new StringBuilder(key.length);
    for (byte next : key) {
      name.append(Tokens.isToken(next) ? (char) next : '_');
    }
    return name.toString();
  }
}
