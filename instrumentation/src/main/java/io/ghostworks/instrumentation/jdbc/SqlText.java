package io.ghostworks.instrumentation.jdbc;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement as telemetry may show it: its text with every literal replaced by {@code ?}, its
 * keyword, and the table it is about.
 *
 * @param text at most {@value #TEXT_LENGTH_MAX} characters
 * @param operation a keyword of a fixed set, or OTHER
 * @param table the first table named, or an empty string
 */
record SqlText(String text, String operation, String table) {
  private static final int TEXT_LENGTH_MAX = 2000;
  private static final int INPUT_LENGTH_MAX = 20_000;
  private static final Set<String> OPERATIONS =
      Set.of(
          "SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "CREATE", "ALTER", "DROP", "CALL",
          "WITH", "SET");
  private static final Pattern TABLE =
      Pattern.compile(
          "\\b(?:from|into|update|table(?: if(?: not)? exists)?)\\s+([A-Za-z_][A-Za-z0-9_.]{0,63})",
          Pattern.CASE_INSENSITIVE);

  /** How the span of the statement is called. */
  String spanName() {
    return table.isEmpty() ? operation : operation + " " + table;
  }

  static SqlText of(String sql) {
    String text =
        new Scanner(sql.length() > INPUT_LENGTH_MAX ? sql.substring(0, INPUT_LENGTH_MAX) : sql)
            .withoutLiterals();
    Matcher table = TABLE.matcher(text);
    return new SqlText(
        text.length() > TEXT_LENGTH_MAX ? text.substring(0, TEXT_LENGTH_MAX) : text,
        operation(text),
        table.find() ? table.group(1).toLowerCase(Locale.ROOT) : "");
  }

  private static String operation(String text) {
    int end = 0;
    while (end < text.length() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    String word = text.substring(0, end).toUpperCase(Locale.ROOT);
    return OPERATIONS.contains(word) ? word : "OTHER";
  }

  /** Copies a statement without literals and comments, white space as single blanks. */
  private static final class Scanner {
    private final String sql;
    private final StringBuilder out = new StringBuilder();
    private int at;

    Scanner(String sql) {
      this.sql = sql;
    }

    String withoutLiterals() {
      while (at < sql.length()) {
        char c = sql.charAt(at);
        if (Character.isWhitespace(c)) {
          blank();
          at++;
        } else if (sql.startsWith("--", at)) {
          skipTo("\n");
        } else if (sql.startsWith("/*", at)) {
          skipTo("*/");
        } else if (c == '\'') {
          skipQuoted();
          out.append('?');
        } else if (c == '$' && dollarTagEnd() > 0) {
          String tag = sql.substring(at, dollarTagEnd());
          at += tag.length();
          skipTo(tag);
          out.append('?');
        } else if (c == '"' || c == '`') {
          copyQuotedName(c);
        } else if (isDigit(c)
            || (c == '.' && at + 1 < sql.length() && isDigit(sql.charAt(at + 1)))) {
          skipNumber();
          out.append('?');
        } else if (Character.isJavaIdentifierStart(c) && c != '$') {
          copyWord();
        } else {
          out.append(c);
          at++;
        }
      }
      return out.toString().strip();
    }

    private void blank() {
      if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
        out.append(' ');
      }
    }

    private void skipTo(String end) {
      int found = sql.indexOf(end, at);
      at = found < 0 ? sql.length() : found + end.length();
      blank();
    }

    /** Both ways to write a quote inside count as inside: doubled, and after a backslash. */
    private void skipQuoted() {
      for (at++; at < sql.length(); at++) {
        if (sql.charAt(at) == '\\') {
          at++;
        } else if (sql.charAt(at) == '\'') {
          if (at + 1 < sql.length() && sql.charAt(at + 1) == '\'') {
            at++;
          } else {
            at++;
            return;
          }
        }
      }
      at = sql.length();
    }

    private int dollarTagEnd() {
      int end = at + 1;
      while (end < sql.length()
          && (Character.isLetterOrDigit(sql.charAt(end)) || sql.charAt(end) == '_')) {
        end++;
      }
      boolean numbered = at + 1 < sql.length() && isDigit(sql.charAt(at + 1));
      return !numbered && end < sql.length() && sql.charAt(end) == '$' ? end + 1 : -1;
    }

    private void copyQuotedName(char quote) {
      int end = sql.indexOf(quote, at + 1);
      int to = end < 0 ? sql.length() : end + 1;
      out.append(sql, at, to);
      at = to;
    }

    private void skipNumber() {
      while (at < sql.length()
          && (Character.isLetterOrDigit(sql.charAt(at)) || sql.charAt(at) == '.')) {
        at++;
      }
    }

    /** A word directly before a quote ({@code x'00'}, {@code E'..'}) belongs to the literal. */
    private void copyWord() {
      int end = at;
      while (end < sql.length() && Character.isJavaIdentifierPart(sql.charAt(end))) {
        end++;
      }
      boolean prefix = end < sql.length() && sql.charAt(end) == '\'' && end - at <= 2;
      if (!prefix) {
        out.append(sql, at, end);
      }
      at = end;
    }

    private static boolean isDigit(char c) {
      return c >= '0' && c <= '9';
    }
  }
}
