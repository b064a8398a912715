package io.ghostworks.server.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows of texts, as columns for a person or as CSV (RFC 4180) for a program. */
final class TableText {

  private final List<List<String>> rows = new ArrayList<>();

  TableText(List<String> header) {
    rows.add(List.copyOf(header));
  }

  void add(List<String> row) {
    rows.add(List.copyOf(row));
  }

  /** Prints columns that are as wide as their widest text. */
  void printTable(PrintWriter out) {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).codePointCount(0, row.get(i).length()));
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String text = row.get(i).replace("\n", "\\n");
        line.append(text);
        if (i < widths.length - 1) {
          line.append(
              " ".repeat(2 + widths[i] - row.get(i).codePointCount(0, row.get(i).length())));
        }
      }
      out.println(line.toString().stripTrailing());
    }
  }

  /** Prints comma-separated values with a header. */
  void printCsv(PrintWriter out) {
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (String text : row) {
        line.append(line.isEmpty() ? "" : ",").append(quoted(text));
      }
      out.print(line.append("\r\n"));
    }
  }

  private static String quoted(String text) {
    boolean plain =
        !text.isEmpty()
            && text.indexOf(',') < 0
            && text.indexOf('"') < 0
            && text.indexOf('\n') < 0
            && text.indexOf('\r') < 0;
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
