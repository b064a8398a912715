package io.ghostworks.rules.test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The lines of two texts: missing ones red behind a minus, unexpected ones green behind a plus. */
final class ColouredDiff {
  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";
  private static final String PLAIN = "\u001b[0m";

  /** Longer texts are told one after the other: the table grows with the product. */
  private static final int CELLS_MAX = 4_000_000;

  private ColouredDiff() {}

  static String of(String expected, String got) {
    String[] left = expected.split("\n", -1);
    String[] right = got.split("\n", -1);
    List<String> lines = new ArrayList<>();
    if ((long) left.length * right.length > CELLS_MAX) {
      List.of(left).forEach(line -> lines.add(minus(line)));
      List.of(right).forEach(line -> lines.add(plus(line)));
    } else {
      walk(left, right, lines);
    }
    return String.join("\n", lines);
  }

  /** Walks back over the table of longest common subsequences. */
  private static void walk(String[] left, String[] right, List<String> lines) {
    int[][] common = common(left, right);
    int i = left.length;
    int j = right.length;
    while (i > 0 || j > 0) {
      if (i > 0 && j > 0 && left[i - 1].equals(right[j - 1])) {
        lines.add(" " + left[--i]);
        j--;
      } else if (j > 0 && (i == 0 || common[i][j - 1] >= common[i - 1][j])) {
        lines.add(plus(right[--j]));
      } else {
        lines.add(minus(left[--i]));
      }
    }
    Collections.reverse(lines);
  }

  private static int[][] common(String[] left, String[] right) {
    int[][] common = new int[left.length + 1][right.length + 1];
    for (int i = 1; i <= left.length; i++) {
      for (int j = 1; j <= right.length; j++) {
        common[i][j] =
            left[i - 1].equals(right[j - 1])
                ? common[i - 1][j - 1] + 1
                : Math.max(common[i - 1][j], common[i][j - 1]);
      }
    }
    return common;
  }

  private static String minus(String line) {
    return RED + "-" + line + PLAIN;
  }

  private static String plus(String line) {
    return GREEN + "+" + line + PLAIN;
  }
}
