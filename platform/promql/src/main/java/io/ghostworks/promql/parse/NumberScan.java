package io.ghostworks.promql.parse;

/**
 * Finds the end of a number or duration: decimal or hexadecimal digits, underscores between them, a
 * dot, an exponent; or whole numbers with units. What it accepts need not be valid; reading the
 * value shows that.
 */
final class NumberScan {
  private final byte[] input;
  private int at;

  NumberScan(byte[] input, int at) {
    this.input = input;
    this.at = at;
  }

  int at() {
    return at;
  }

  /** Goes over a number as far as there is one; false if what follows makes it something else. */
  boolean number() {
    int first = at;
    boolean hex = acceptHexPrefix();
    accept('.');
    acceptDigit(hex);
    boolean dot = false;
    boolean exponent = false;
    while (isDigit(peek(), hex) || (peek() > 0 && "._eE".indexOf(peek()) >= 0)) {
      int c = peek();
      boolean isExponent = c == 'e' || c == 'E';
      if ((c == '.' && dot) || (isExponent && exponent)) {
        at++;
        return false;
      }
      if (c == '.') {
        at++;
        dot = true;
        if (acceptOneOf("_.") || hex) {
          return false;
        }
      } else if (isExponent) {
        at++;
        exponent = true;
        acceptOneOf("+-");
        if (acceptOneOf("._eE") || peek() < 0) {
          return false;
        }
      } else if (c == '_') {
        at++;
        if (acceptOneOf("._eE") || peek() < 0) {
          return false;
        }
      } else {
        acceptDigits(hex);
      }
    }
    return at != first && !Lexer.isAlphaNumeric(peek());
  }

  /** Goes on over the units of a duration whose first number was read. */
  boolean restOfDuration() {
    if (!acceptOneOf("smhdwy")) {
      return false;
    }
    accept('s');
    while (acceptDigit(false)) {
      acceptDigits(false);
      if (!acceptOneOf("smhdw")) {
        return false;
      }
      accept('s');
    }
    if (Lexer.isAlphaNumeric(peek())) {
      at++;
      return false;
    }
    return true;
  }

  private boolean acceptHexPrefix() {
    if (!accept('0') || !acceptOneOf("xX")) {
      return false;
    }
    accept('_');
    return true;
  }

  private boolean acceptDigit(boolean hex) {
    if (!isDigit(peek(), hex)) {
      return false;
    }
    at++;
    return true;
  }

  private void acceptDigits(boolean hex) {
    while (isDigit(peek(), hex)) {
      at++;
    }
  }

  private static boolean isDigit(int c, boolean hex) {
    return Lexer.isDigit(c) || (hex && c > 0 && Character.digit(c, 16) >= 0);
  }

  private boolean acceptOneOf(String set) {
    if (peek() <= 0 || set.indexOf(peek()) < 0) {
      return false;
    }
    at++;
    return true;
  }

  private boolean accept(char c) {
    if (peek() != c) {
      return false;
    }
    at++;
    return true;
  }

  private int peek() {
    return at < input.length ? input[at] : -1;
  }
}
