package io.ghostworks.promql.eval;

/** Orders texts so that numbers in them count as numbers: {@code a2} before {@code a10}. */
final class NaturalOrder {

  private NaturalOrder() {}

  static int compare(String left, String right) {
    int l = 0;
    int r = 0;
    while (l < left.length() && r < right.length()) {
      int leftEnd = chunkEnd(left, l);
      int rightEnd = chunkEnd(right, r);
      String leftChunk = left.substring(l, leftEnd);
      String rightChunk = right.substring(r, rightEnd);
      boolean numbers = isDigit(left.charAt(l)) && isDigit(right.charAt(r));
      int order = numbers ? compareNumbers(leftChunk, rightChunk) : leftChunk.compareTo(rightChunk);
      if (order != 0) {
        return order;
      }
      l = leftEnd;
      r = rightEnd;
    }
    return Integer.compare(left.length() - l, right.length() - r);
  }

  /** The end of a run of digits or of anything else. */
  private static int chunkEnd(String text, int from) {
    boolean digits = isDigit(text.charAt(from));
    int end = from + 1;
    while (end < text.length() && isDigit(text.charAt(end)) == digits) {
      end++;
    }
    return end;
  }

  /** By size; of the same size the one with fewer leading zeros first. */
  private static int compareNumbers(String left, String right) {
    String l = left.replaceFirst("^0+(?=.)", "");
    String r = right.replaceFirst("^0+(?=.)", "");
    if (l.length() != r.length()) {
      return Integer.compare(l.length(), r.length());
    }
    int order = l.compareTo(r);
    return order != 0 ? order : Integer.compare(left.length(), right.length());
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
