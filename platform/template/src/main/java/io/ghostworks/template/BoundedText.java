package io.ghostworks.template;

import java.io.Writer;

/**
 * A text that grows up to a limit: a few actions could otherwise double a text until the memory is
 * gone.
 */
final class BoundedText extends Writer {

  /** The longest text that a function may make. */
  static final int CHARS_MAX = 2 << 20;

  private final StringBuilder text = new StringBuilder();
  private final int charsMax;

  BoundedText() {
    this(CHARS_MAX);
  }

  BoundedText(int charsMax) {
    this.charsMax = charsMax;
  }

  BoundedText add(String part) {
    return add(part, 0, part.length());
  }

  BoundedText add(String part, int from, int to) {
    check(to - from);
    text.append(part, from, to);
    return this;
  }

  BoundedText add(char c) {
    check(1);
    text.append(c);
    return this;
  }

  int length() {
    return text.length();
  }

  @Override
  public void write(char[] chars, int offset, int length) {
    check(length);
    text.append(chars, offset, length);
  }

  @Override
  public void flush() {
    // Nothing is held back.
  }

  @Override
  public void close() {
    // There is nothing to close.
  }

  @Override
  public String toString() {
    return text.toString();
  }

  /** Refuses a text that is too long already. */
  static void check(String text) {
    if (text.length() > CHARS_MAX) {
      throw tooLong(CHARS_MAX);
    }
  }

  private void check(int more) {
    if (more > charsMax - text.length()) {
      throw tooLong(charsMax);
    }
  }

  private static TemplateException tooLong(int charsMax) {
    return new TemplateException("a text would be longer than %d chars".formatted(charsMax));
  }
}
