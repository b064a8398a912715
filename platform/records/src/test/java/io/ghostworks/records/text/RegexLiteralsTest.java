package io.ghostworks.records.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RegexLiteralsTest {

  @Test
  void findsWhatMustStand() {
    assertEquals(List.of("exhausted after "), literals("exhausted after \\d+ attempts"));
    assertEquals(List.of("timeout", "refused"), literals("timeout|refused"));
    assertEquals(List.of("error", "warn"), literals("x=(error|warn)x?y*"));
    assertEquals(List.of("user-"), literals("(?P<who>user-)[a-z]{3,}\\.(x|yz)"));
    assertEquals(List.of("error"), literals("(?i)ERROR"));
    assertEquals(List.of("part"), literals("(?i)part\u2167"));
    assertEquals(List.of("a.b{c}"), literals("a\\.b{c}"));
    assertEquals(List.of("a+b*c"), literals("^\\Qa+b*c\\E$"));
  }

  @Test
  void isSilentWhereNothingMustStand() {
    for (String expression :
        List.of(
            "",
            ".*",
            "a|",
            "timeout|",
            "(timeout)?",
            "(abc|d)",
            "x{0,3}",
            "(?i)sky",
            "\\pL",
            "[[:][]abcd]")) {
      assertEquals(List.of(), literals(expression), expression);
    }
  }

  @Test
  void neverNamesWhatAFoundTextDoesNotContain() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    int found = 0;
    for (int round = 0; round < 20_000; round++) {
      String expression = expression(random, 2);
      Pattern pattern;
      try {
        pattern = Pattern.compile(expression);
      } catch (PatternSyntaxException e) {
        continue;
      }
      List<Needle> needles = RegexLiterals.of(expression, false);
      for (int i = 0; i < 6 && !needles.isEmpty(); i++) {
        String text = text(random);
        if (pattern.matcher(text).find()) {
          found++;
          byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
          assertTrue(
              needles.stream().anyMatch(each -> each.occursIn(bytes, 0, bytes.length)),
              "seed %d expression '%s' text '%s'".formatted(seed, expression, text));
        }
      }
    }
    assertTrue(found > 50, "seed " + seed + ": " + found);
  }

  private static String expression(Random random, int depth) {
    StringBuilder made = new StringBuilder(random.nextInt(5) == 0 ? "(?i)" : "");
    int parts = 1 + random.nextInt(4);
    for (int i = 0; i < parts; i++) {
      switch (random.nextInt(depth > 0 ? 12 : 9)) {
        case 0 -> made.append(random.nextBoolean() ? "." : "\\d");
        case 1 -> made.append("[a-c]");
        case 2 -> made.append("{a");
        case 3 -> made.append("\\Qab\\E");
        case 4, 5, 6, 7, 8 -> made.append("abcABkKé".charAt(random.nextInt(8))).append("abc");
        case 9 -> made.append('(').append(expression(random, depth - 1)).append(')');
        case 10 -> made.append("(?:").append(expression(random, depth - 1)).append(')');
        default -> made.append('|');
      }
      String[] repeats = {"", "", "", "", "?", "*", "+", "{2}", "{0,1}", "+?"};
      made.append(repeats[random.nextInt(repeats.length)]);
    }
    return made.toString();
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i >= 0; i--) {
      String[] pieces = {"abc", "aabc", "Aabc", "kabc", "\u212Aabc", "1", "{a", "éabc", "b", "ABC"};
      text.append(pieces[random.nextInt(pieces.length)]);
    }
    return text.toString();
  }

  private static List<String> literals(String expression) {
    return RegexLiterals.of(expression, false).stream()
        .map(each -> new String(each.bytes(), StandardCharsets.UTF_8))
        .toList();
  }
}
