package io.ghostworks.wire.zipkin;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Addresses of hosts as text; nothing is ever resolved. */
final class IpText {

  private static final int IPV6_CHARS_MAX = 45;
  private static final int GROUPS = 8;

  private IpText() {}

  static boolean isIpv4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return false;
    }
    for (String part : parts) {
      if (part.isEmpty()
          || part.length() > 3
          || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return false;
      }
      if (Integer.parseInt(part) > 255) {
        return false;
      }
    }
    return true;
  }

  static boolean isIpv6(String text) {
    if (text.length() > IPV6_CHARS_MAX
        || text.indexOf(':') < 0
        || !text.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == ':' || c == '.')) {
      return false;
    }
    try {
      return InetAddress.ofLiteral(text) instanceof Inet6Address || text.indexOf('.') >= 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  static String ipv4(int address) {
    return (address >>> 24)
        + "."
        + (address >>> 16 & 0xff)
        + "."
        + (address >>> 8 & 0xff)
        + "."
        + (address & 0xff);
  }

  /**
   * An address of 4 or 16 bytes; "" for other lengths.
   *
   * <p>Source: RFC 5952, section 4.
   */
  static String of(byte[] bytes, int offset, int length) {
    if (length == 4) {
      return ipv4(java.nio.ByteBuffer.wrap(bytes, offset, length).getInt());
    }
    if (length != 2 * GROUPS) {
      return "";
    }
    byte[] address = java.util.Arrays.copyOfRange(bytes, offset, offset + length);
    try {
      if (InetAddress.getByAddress(address) instanceof Inet6Address) {
        return shortened(address);
      }
      return ipv4(java.nio.ByteBuffer.wrap(address).getInt(12)); // An IPv4 address within.
    } catch (UnknownHostException e) {
      throw new IllegalStateException("16 bytes are an address", e);
    }
  }

  private static String shortened(byte[] address) {
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      groups[i] = (address[2 * i] & 0xff) << 8 | (address[2 * i + 1] & 0xff);
    }
    int longest = -1;
    int longestLength = 1;
    for (int i = 0; i < GROUPS; i++) {
      int end = i;
      while (end < GROUPS && groups[end] == 0) {
        end++;
      }
      if (end - i > longestLength) {
        longest = i;
        longestLength = end - i;
      }
      i = Math.max(i, end - 1);
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == longest) {
        text.append("::");
        i += longestLength - 1;
        continue;
      }
      if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
        text.append(':');
      }
      text.append(Integer.toHexString(groups[i]));
    }
    return text.toString();
  }
}
