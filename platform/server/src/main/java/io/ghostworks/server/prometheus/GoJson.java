package io.ghostworks.server.prometheus;

import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.text.FloatBytes;
import io.ghostworks.promql.text.FloatText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes JSON into a growing buffer as Prometheus's encoder does (jsoniter, compatible with Go's
 * encoding/json): no white space; in texts {@code < > &} and the line separators as {@code \}{@code
 * u003c} and so on, in labels not. Commas are set by the writer. Not thread-safe.
 */
final class GoJson {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] buffer = new byte[1024];
  private int size;
  private boolean comma;

  /** Gives what was written so far to a stream, and forgets it. */
  void drainTo(OutputStream out) throws IOException {
    out.write(buffer, 0, size);
    size = 0;
  }

  byte[] bytes() {
    return Arrays.copyOf(buffer, size);
  }

  /** What was written so far. */
  String json() {
    return new String(buffer, 0, size, StandardCharsets.UTF_8);
  }

  GoJson object() {
    return open('{');
  }

  GoJson endObject() {
    return close('}');
  }

  GoJson array() {
    return open('[');
  }

  GoJson endArray() {
    return close(']');
  }

  /** A name of an object's field. */
  GoJson name(String name) {
    text(name);
    put(':');
    comma = false;
    return this;
  }

  /** A name of an object's field in which nothing is escaped for HTML. */
  GoJson plainName(String name) {
    plain(name);
    put(':');
    comma = false;
    return this;
  }

  /** A text, with what HTML could take for markup escaped. */
  GoJson text(String text) {
    value();
    string(text, true);
    return this;
  }

  /** A text of a label. */
  GoJson plain(String text) {
    value();
    string(text, false);
    return this;
  }

  GoJson number(long number) {
    value();
    digits(number);
    return this;
  }

  GoJson number(double number) {
    value();
    ascii(FloatText.formatJson(number).replace("e-0", "e-"));
    return this;
  }

  GoJson bool(boolean value) {
    value();
    ascii(value ? "true" : "false");
    return this;
  }

  GoJson nothing() {
    value();
    ascii("null");
    return this;
  }

  /** JSON that is there already. */
  GoJson raw(byte[] json) {
    value();
    bytes(json);
    return this;
  }

  /** JSON that begins what further calls fill. */
  GoJson opening(String json) {
    value();
    bytes(json.getBytes(StandardCharsets.UTF_8));
    comma = false;
    return this;
  }

  /** JSON that ends what {@link #opening} began. */
  GoJson closing(String json) {
    bytes(json.getBytes(StandardCharsets.UTF_8));
    comma = true;
    return this;
  }

  /** A label set as an object. */
  GoJson labels(Labels labels) {
    object();
    for (int i = 0; i < labels.size(); i++) {
      label(labels.name(i), labels.value(i));
    }
    return endObject();
  }

  /** A label of an object. */
  GoJson label(String name, String value) {
    return plainName(name).plain(value);
  }

  /** An array of texts. */
  GoJson texts(Iterable<String> texts) {
    array();
    for (String text : texts) {
      text(text);
    }
    return endArray();
  }

  /** A time in seconds with its milliseconds, all three if there are any. */
  GoJson time(long timestampMs) {
    value();
    long size = timestampMs;
    if (timestampMs < 0) {
      put('-');
      size = -timestampMs;
    }
    digits(size / 1000);
    int fraction = (int) (size % 1000);
    if (fraction != 0) {
      put('.');
      put((char) ('0' + fraction / 100));
      put((char) ('0' + fraction / 10 % 10));
      put((char) ('0' + fraction % 10));
    }
    return this;
  }

  /** A sample's value: a number as text, so that NaN and the infinities have a place. */
  GoJson sample(double value) {
    value();
    ensure(FloatBytes.BYTES_MAX + 2);
    buffer[size++] = '"';
    size = FloatBytes.write(value, buffer, size);
    buffer[size++] = '"';
    return this;
  }

  private GoJson open(char bracket) {
    value();
    put(bracket);
    comma = false;
    return this;
  }

  private GoJson close(char bracket) {
    put(bracket);
    comma = true;
    return this;
  }

  private void value() {
    if (comma) {
      put(',');
    }
    comma = true;
  }

  private void digits(long number) {
    if (number == Long.MIN_VALUE) {
      ascii(Long.toString(number));
      return;
    }
    ensure(FloatBytes.BYTES_MAX);
    size = FloatBytes.write(number, buffer, size);
  }

  private void string(String text, boolean html) {
    put('"');
    int length = text.length();
    ensure(length * 6 + 1);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        character(c, html);
      } else if (html && (c == '\u2028' || c == '\u2029')) {
        escaped(c);
      } else {
        i += utf8(text, i);
      }
    }
    put('"');
  }

  private void character(char c, boolean html) {
    switch (c) {
      case '"', '\\' -> {
        buffer[size++] = '\\';
        buffer[size++] = (byte) c;
      }
      case '\n' -> ascii("\\n");
      case '\r' -> ascii("\\r");
      case '\t' -> ascii("\\t");
      case '<', '>', '&' -> {
        if (html) {
          escaped(c);
        } else {
          buffer[size++] = (byte) c;
        }
      }
      default -> {
        if (c < ' ') {
          escaped(c);
        } else {
          buffer[size++] = (byte) c;
        }
      }
    }
  }

  private void escaped(char c) {
    ascii("\\u");
    ensure(4);
    for (int shift = 12; shift >= 0; shift -= 4) {
      buffer[size++] = HEX[c >> shift & 15];
    }
  }

  /** Writes the code point that stands at an index; how many chars it has beyond the first. */
  private int utf8(String text, int at) {
    int point = text.codePointAt(at);
    if (point < 0x800) {
      buffer[size++] = (byte) (0xC0 | (point >> 6));
    } else if (point < 0x10000) {
      boolean lone = Character.isSurrogate((char) point);
      point = lone ? 0xFFFD : point;
      buffer[size++] = (byte) (0xE0 | (point >> 12));
      buffer[size++] = (byte) (0x80 | ((point >> 6) & 63));
    } else {
      buffer[size++] = (byte) (0xF0 | (point >> 18));
      buffer[size++] = (byte) (0x80 | ((point >> 12) & 63));
      buffer[size++] = (byte) (0x80 | ((point >> 6) & 63));
    }
    buffer[size++] = (byte) (0x80 | (point & 63));
    return point >= 0x10000 ? 1 : 0;
  }

  private void bytes(byte[] bytes) {
    ensure(bytes.length);
    System.arraycopy(bytes, 0, buffer, size, bytes.length);
    size += bytes.length;
  }

  private void ascii(String text) {
    int length = text.length();
    ensure(length);
    for (int i = 0; i < length; i++) {
      buffer[size++] = (byte) text.charAt(i);
    }
  }

  private void put(char c) {
    ensure(1);
    buffer[size++] = (byte) c;
  }

  private void ensure(int more) {
    if (buffer.length - size < more) {
      long wanted = Math.max(size + (long) more, buffer.length * 2L);
      buffer = Arrays.copyOf(buffer, Math.toIntExact(wanted));
    }
  }
}
