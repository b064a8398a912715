package io.ghostworks.alertmanager;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/** JSON with the bytes of Go's {@code encoding/json}, which escapes what HTML would read. */
final class GoJson extends CharacterEscapes {
  private static final long serialVersionUID = 1L;

  private static final char LINE_SEPARATOR = '\u2028';
  private static final char PARAGRAPH_SEPARATOR = '\u2029';
  private static final char FIRST_PRINTABLE = ' ';

  private final int[] ascii = standardAsciiEscapesForJSON();

  private GoJson() {
    for (char c = 0; c < FIRST_PRINTABLE; c++) {
      if (ascii[c] == ESCAPE_STANDARD) {
        ascii[c] = ESCAPE_CUSTOM;
      }
    }
    for (char c : new char[] {'<', '>', '&'}) {
      ascii[c] = ESCAPE_CUSTOM;
    }
  }

  static ObjectMapper mapper() {
    JsonFactory factory = new JsonFactory();
    factory.setCharacterEscapes(new GoJson());
    return new ObjectMapper(factory);
  }

  @Override
  public int[] getEscapeCodesForAscii() {
    return ascii.clone();
  }

  @Override
  public @Nullable SerializableString getEscapeSequence(int c) {
    boolean escaped =
        c < ascii.length
            ? ascii[c] == ESCAPE_CUSTOM
            : c == LINE_SEPARATOR || c == PARAGRAPH_SEPARATOR;
    return escaped ? new SerializedString("\\u%04x".formatted(c)) : null;
  }
}
