package io.ghostworks.records.text;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.nio.charset.StandardCharsets;

/** Writes a template as a pattern. */
final class PatternText {

  private static final String PLACEHOLDER = "<_>";
  private static final byte[] MARK = {Split.MARK};

  private final ByteArena form = new ByteArena(256);

  /** The pattern of a template; values that are always the same count as standing. */
  static String of(StoredTemplate template) throws DamagedDataException {
    PatternText text = new PatternText();
    text.add(template);
    return text.collapsed(template.isJson());
  }

  private void add(StoredTemplate template) throws DamagedDataException {
    for (int i = 0; i < template.variables(); i++) {
      add(template.standing(i));
      switch (template.values(i)) {
        case ConstantValue constant -> add(constant.value());
        case TextGroup group when group.templates().size() == 1 ->
            add(group.templates().getFirst());
        default -> add(MARK);
      }
    }
    add(template.standing(template.variables()));
  }

  private void add(byte[] bytes) {
    form.append(bytes, 0, bytes.length);
  }

  private String collapsed(boolean json) {
    StringBuilder pattern = new StringBuilder();
    byte[] bytes = form.array();
    int end = form.size();
    int at = 0;
    while (at < end) {
      int start = at;
      boolean varies = false;
      while (at < end && isJoined(bytes[at], json)) {
        varies |= bytes[at] == Split.MARK;
        at++;
      }
      if (varies) {
        pattern.append(PLACEHOLDER);
        continue;
      }
      while (at < end && !isJoined(bytes[at], json)) {
        at++;
      }
      pattern.append(new String(bytes, start, at - start, StandardCharsets.UTF_8));
    }
    return pattern.toString();
  }

  /** In JSON a colon stands between key and value. */
  private static boolean isJoined(byte value, boolean json) {
    return Tokens.isToken(value)
        || value == '_'
        || value == '-'
        || value == '.'
        || (value == ':' && !json)
        || value == '/';
  }
}
