package io.ghostworks.logql.pattern;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A pattern such as {@code <ip> - - <_> "<method> <path>"}: literals, captures with a name and gaps
 * {@code <_>} between them. As a parser it gives what stands at the captures; as a line filter it
 * says whether a line is built so. Immutable and thread-safe.
 */
public final class LinePattern {
  private static final int CHARS_MAX = 1 << 16;

  /** Alternating at will, except that no two without bytes follow each other. */
  private final List<Node> nodes;

  private final List<String> names;

  /**
   * A literal, a capture or a gap.
   *
   * @param literal the bytes; null for captures and gaps
   * @param name of a capture; null for literals and gaps
   */
  private record Node(byte @Nullable [] literal, @Nullable String name) {
    boolean isCapture() {
      return literal == null;
    }

    String shown() {
      return "<" + (name == null ? "_" : name) + ">";
    }
  }

  private LinePattern(List<Node> nodes) {
    this.nodes = List.copyOf(nodes);
    List<String> found = new ArrayList<>();
    for (Node node : nodes) {
      if (node.name() != null) {
        found.add(node.name());
      }
    }
    this.names = List.copyOf(found);
  }

  /**
   * A pattern with captures.
   *
   * @throws PatternException if it has none, one twice, or two that follow each other
   */
  public static LinePattern parser(String text) {
    if (text.isEmpty()) {
      throw new PatternException(
          "parse error at line 1, col 1: syntax error: unexpected $end, expecting IDENTIFIER or"
              + " LITERAL");
    }
    LinePattern pattern = new LinePattern(read(text));
    if (pattern.names.isEmpty()) {
      throw new PatternException("at least one capture is required");
    }
    pattern.refuseConsecutiveCaptures();
    Set<String> once = new HashSet<>();
    for (String name : pattern.names) {
      if (!once.add(name)) {
        throw new PatternException(
            "duplicate capture name (%s): invalid expression".formatted(name));
      }
    }
    return pattern;
  }

  /**
   * A pattern without named captures; the empty one is fulfilled by empty lines.
   *
   * @throws PatternException if it has a capture, or two gaps that follow each other
   */
  public static LinePattern filter(String text) {
    LinePattern pattern = new LinePattern(read(text));
    pattern.refuseConsecutiveCaptures();
    if (!pattern.names.isEmpty()) {
      throw new PatternException(
          "named captures are not allowed: found '<%s>'".formatted(pattern.names.getFirst()));
    }
    return pattern;
  }

  private void refuseConsecutiveCaptures() {
    for (int i = 0; i + 1 < nodes.size(); i++) {
      if (nodes.get(i).isCapture() && nodes.get(i + 1).isCapture()) {
        throw new PatternException(
            "found consecutive capture '%s%s': invalid expression"
                .formatted(nodes.get(i).shown(), nodes.get(i + 1).shown()));
      }
    }
  }

  private static List<Node> read(String text) {
    if (text.length() > CHARS_MAX) {
      throw new PatternException(
          "a pattern may have %d characters, got %d".formatted(CHARS_MAX, text.length()));
    }
    List<Node> nodes = new ArrayList<>();
    int literalFrom = 0;
    int at = 0;
    while (at < text.length()) {
      int end = captureEnd(text, at);
      if (end < 0) {
        at++;
        continue;
      }
      addLiteral(nodes, text, literalFrom, at);
      String name = text.substring(at + 1, end);
      nodes.add(new Node(null, name.equals("_") ? null : name));
      at = end + 1;
      literalFrom = at;
    }
    addLiteral(nodes, text, literalFrom, text.length());
    return nodes;
  }

  private static void addLiteral(List<Node> nodes, String text, int from, int to) {
    if (to > from) {
      nodes.add(new Node(text.substring(from, to).getBytes(StandardCharsets.UTF_8), null));
    }
  }

  /** Where the capture that starts here ends, or -1 if none starts here. */
  private static int captureEnd(String text, int at) {
    if (text.charAt(at) != '<') {
      return -1;
    }
    int end = at + 1;
    while (end < text.length() && isNamePart(text.charAt(end), end == at + 1)) {
      end++;
    }
    return end > at + 1 && end < text.length() && text.charAt(end) == '>' ? end : -1;
  }

  private static boolean isNamePart(char c, boolean first) {
    return c == '_'
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (!first && c >= '0' && c <= '9');
  }

  /** The names of the captures, in order. */
  public List<String> names() {
    return names;
  }

  /** The literals, in order. */
  public List<byte[]> literals() {
    List<byte[]> literals = new ArrayList<>();
    for (Node node : nodes) {
      if (node.literal() != null) {
        literals.add(node.literal().clone());
      }
    }
    return literals;
  }

  /**
   * Where the captures stand in a line.
   *
   * @param spans gets start and end of each, as offsets in the bytes; twice as long as the names
   * @return how many captures were found, from the first; the one at which the line stops fitting
   *     reaches to its end
   */
  public int capture(byte[] bytes, int from, int to, int[] spans) {
    if (from == to) {
      return 0;
    }
    int at = from;
    int node = 0;
    byte[] first = nodes.getFirst().literal();
    if (first != null) {
      if (!startsWith(bytes, at, to, first)) {
        return 0;
      }
      at += first.length;
      node = 1;
    }
    int found = 0;
    while (node < nodes.size()) {
      boolean named = nodes.get(node).name() != null;
      byte[] literal = node + 1 < nodes.size() ? nodes.get(node + 1).literal() : null;
      int end = literal == null ? -1 : indexOf(bytes, at, to, literal);
      if (named) {
        spans[2 * found] = at;
        spans[2 * found + 1] = end < 0 ? to : end;
        found++;
      }
      if (end < 0 || literal == null) {
        return found;
      }
      at = end + literal.length;
      node += 2;
    }
    return found;
  }

  /** Whether a line is built so: gaps are never empty, and the end of the line must fit. */
  public boolean test(byte[] bytes, int from, int to) {
    if (from == to || nodes.isEmpty()) {
      return from == to && nodes.isEmpty();
    }
    int at = from;
    for (int i = 0; i < nodes.size(); i++) {
      byte[] literal = nodes.get(i).literal();
      if (literal == null) {
        continue;
      }
      int found = indexOf(bytes, at, to, literal);
      if (found < 0 || (i != 0 && found == at)) {
        return false;
      }
      at = found + literal.length;
    }
    return nodes.getLast().isCapture() == (at != to);
  }

  private static boolean startsWith(byte[] bytes, int from, int to, byte[] prefix) {
    return to - from >= prefix.length
        && java.util.Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length);
  }

  private static int indexOf(byte[] bytes, int from, int to, byte[] needle) {
    int last = to - needle.length;
    byte first = needle[0];
    for (int i = from; i <= last; i++) {
      if (bytes[i] == first
          && java.util.Arrays.equals(bytes, i, i + needle.length, needle, 0, needle.length)) {
        return i;
      }
    }
    return -1;
  }
}
