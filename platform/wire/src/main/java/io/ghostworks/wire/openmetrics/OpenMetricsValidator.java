package io.ghostworks.wire.openmetrics;

import io.ghostworks.wire.WireFormatException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a text is OpenMetrics 1.0 in every respect that the specification prescribes, and
 * gives its families. Unlike {@link io.ghostworks.wire.exposition.OpenMetricsParser}, which takes
 * from targets what Prometheus takes.
 *
 * <p>Source: OpenMetrics 1.0, and the published parser tests of its repository.
 */
public final class OpenMetricsValidator {
  private final List<ExposedFamily> families = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private @Nullable FamilyRules family;

  private OpenMetricsValidator() {}

  /**
   * The families of a text, in their order.
   *
   * @throws WireFormatException with line and rule if the text is not valid
   */
  public static List<ExposedFamily> validate(byte[] text) {
    OpenMetricsValidator validator = new OpenMetricsValidator();
    validator.lines(decoded(text));
    return validator.families;
  }

  private static String decoded(byte[] text) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
    } catch (CharacterCodingException e) {
      throw new WireFormatException("the text is not valid UTF-8", e);
    }
  }

  private void lines(String text) {
    boolean ended = false;
    int number = 0;
    for (int at = 0; at < text.length(); ) {
      int end = text.indexOf('\n', at);
      end = end < 0 ? text.length() : end;
      String line = text.substring(at, end);
      LineScanner scanner = new LineScanner(line, ++number);
      at = end + 1;
      if (ended) {
        throw scanner.error("nothing may follow # EOF");
      }
      if (line.isEmpty()) {
        throw scanner.error("there must be no blank lines");
      }
      ended = line.equals("# EOF");
      if (!ended && line.startsWith("#")) {
        metadata(line, scanner);
      } else if (!ended) {
        sample(scanner);
      }
    }
    LineScanner last = new LineScanner("", number);
    endFamily(last);
    if (!ended) {
      throw last.error("the text must end with # EOF");
    }
  }

  private void metadata(String line, LineScanner scanner) {
    int wordEnd = line.indexOf(' ', 2);
    if (!line.startsWith("# ") || wordEnd < 0) {
      throw scanner.error("a line with # must be # HELP, # TYPE, # UNIT or # EOF");
    }
    scanner.skip(wordEnd + 1);
    String name = scanner.family();
    String text = scanner.rest();
    FamilyRules current = family;
    if (current == null || !current.name().equals(name)) {
      endFamily(scanner);
      current = new FamilyRules(name);
      family = current;
    }
    current.metadata(line.substring(2, wordEnd), text, scanner);
  }

  private void sample(LineScanner scanner) {
    StrictSample sample = scanner.sample();
    FamilyRules current = family;
    if (current == null || !current.takes(sample.name())) {
      endFamily(scanner);
      current = FamilyRules.untyped(sample.name());
      family = current;
    }
    current.sample(sample, scanner);
  }

  private void endFamily(LineScanner scanner) {
    FamilyRules ended = family;
    if (ended == null) {
      return;
    }
    ended.end(scanner);
    for (String name : ended.names()) {
      if (!names.add(name)) {
        throw scanner.error("two families have samples of the name '%s'".formatted(name));
      }
    }
    families.add(ended.exposed());
  }
}
