package io.ghostworks.logql.pipeline;

import io.ghostworks.logql.quantity.GoText;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Addresses from a first to a last one: {@code 10.0.0.1}, {@code 10.0.0.1-10.0.0.9}, {@code
 * 10.0.0.0/8}, of either version.
 */
record IpPattern(IpAddress first, IpAddress last) {

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException with Loki's message if it is none
   */
  static IpPattern parse(String text) {
    IpAddress single = address(text);
    if (single != null) {
      return new IpPattern(single, single);
    }
    int slash = text.lastIndexOf('/');
    IpAddress base = slash < 0 ? null : address(text.substring(0, slash));
    if (base != null) {
      int bits = bits(text.substring(slash + 1));
      if (bits >= 0 && bits <= base.bits()) {
        return new IpPattern(base.edge(bits, false), base.edge(bits, true));
      }
    }
    int dash = text.indexOf('-');
    IpAddress from = dash < 0 ? null : address(text.substring(0, dash));
    IpAddress to = dash < 0 ? null : address(text.substring(dash + 1));
    if (from != null && to != null && from.bits() == to.bits() && from.compareTo(to) <= 0) {
      return new IpPattern(from, to);
    }
    throw new IllegalArgumentException("ip: invalid pattern: " + GoText.quote(text));
  }

  private static @Nullable IpAddress address(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return IpAddress.find(bytes, 0, bytes.length);
  }

  private static int bits(String text) {
    boolean number =
        !text.isEmpty() && text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    boolean leadingZero = text.length() > 1 && text.charAt(0) == '0';
    return number && !leadingZero ? Integer.parseInt(text) : -1;
  }

  boolean contains(IpAddress address) {
    return address.bits() == first.bits()
        && address.compareTo(first) >= 0
        && address.compareTo(last) <= 0;
  }

  /** Whether an address of the pattern stands anywhere in the text, as Loki looks for them. */
  boolean isIn(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      boolean four =
          at + 3 < to
              && isDigit(bytes[at])
              && (bytes[at + 1] == '.' || bytes[at + 2] == '.' || bytes[at + 3] == '.');
      if (!four && !startsSix(bytes, at, to)) {
        at++;
        continue;
      }
      int end = at;
      while (end < to && (four ? isFourSign(bytes[end]) : isSixSign(bytes[end]))) {
        end++;
      }
      IpAddress address = IpAddress.find(bytes, at, end);
      if (address != null && contains(address)) {
        return true;
      }
      at = end + 1;
    }
    return false;
  }

  private static boolean startsSix(byte[] bytes, int at, int to) {
    if (bytes[at] == ':') {
      return at + 2 < to && bytes[at + 1] == ':' && isHex(bytes[at + 2]);
    }
    int end = at;
    while (end < to && end - at < 4 && isHex(bytes[end])) {
      end++;
    }
    return end > at && end < to && bytes[end] == ':';
  }

  private static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isHex(byte c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  private static boolean isFourSign(byte c) {
    return isDigit(c) || c == '.';
  }

  private static boolean isSixSign(byte c) {
    return isHex(c) || c == ':' || c == '.';
  }
}
