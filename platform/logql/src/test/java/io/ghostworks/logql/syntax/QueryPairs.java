package io.ghostworks.logql.syntax;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Files of tests in which every line with a query is followed by what is made of it. */
final class QueryPairs {
  private QueryPairs() {}

  static Stream<Arguments> of(String file) {
    List<String> lines =
        text(file).lines().filter(line -> !line.isBlank() && !line.startsWith("# ")).toList();
    Stream.Builder<Arguments> pairs = Stream.builder();
    for (int i = 0; i < lines.size(); i += 2) {
      pairs.add(Arguments.of(lines.get(i), lines.get(i + 1)));
    }
    return pairs.build();
  }

  static String text(String file) {
    try (InputStream in =
        Objects.requireNonNull(QueryPairs.class.getResourceAsStream(file), file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
