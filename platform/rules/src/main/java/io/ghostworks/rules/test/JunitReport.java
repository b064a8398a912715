package io.ghostworks.rules.test;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** The outcomes of test files as JUnit's XML, in the bytes that Go's encoder writes. */
public final class JunitReport {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneId.systemDefault());

  private JunitReport() {}

  /**
   * @param at when the tests ran
   */
  public static String of(List<TestOutcome> outcomes, Instant at) {
    StringBuilder out = new StringBuilder("<testsuites>");
    outcomes.forEach(outcome -> suite(out, outcome, at));
    return out.append("</testsuites>").toString();
  }

  private static void suite(StringBuilder out, TestOutcome outcome, Instant at) {
    boolean aborted = !outcome.abort().isEmpty();
    int failures = outcome.cases().stream().mapToInt(each -> each.failures().size()).sum();
    out.append("<testsuite name=\"").append(escaped(outcome.file()));
    out.append("\" tests=\"").append(aborted ? 1 : outcome.cases().size());
    out.append("\" failures=\"").append(failures);
    out.append("\" errors=\"").append(aborted ? 1 : 0);
    out.append("\" skipped=\"0\" timestamp=\"").append(aborted ? "" : TIME.format(at));
    out.append("\">");
    if (aborted) {
      out.append("<testcase name=\"unknown\"><error>")
          .append(escaped(outcome.abort()))
          .append("</error></testcase>");
    }
    for (TestOutcome.Case each : outcome.cases()) {
      out.append("<testcase name=\"").append(escaped(each.name())).append("\">");
      each.failures()
          .forEach(
              failure -> out.append("<failure>").append(escaped(failure)).append("</failure>"));
      out.append("</testcase>");
    }
    out.append("</testsuite>");
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '"' -> out.append("&#34;");
            case '\'' -> out.append("&#39;");
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '\t' -> out.append("&#x9;");
            case '\n' -> out.append("&#xA;");
            case '\r' -> out.append("&#xD;");
            default -> out.appendCodePoint(isXml(c) ? c : 0xfffd);
          }
        });
    return out.toString();
  }

  private static boolean isXml(int c) {
    return c >= 0x20 && (c < 0xd800 || c > 0xdfff) && c != 0xfffe && c != 0xffff;
  }
}
