package io.ghostworks.traceql.script;

import io.ghostworks.config.ConfigException;
import io.ghostworks.config.ConfigFile;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.ConfigNode.ListNode;
import io.ghostworks.config.ConfigNode.MapNode;
import io.ghostworks.config.ConfigNode.ScalarNode;
import io.ghostworks.config.conformance.CaseResult;
import io.ghostworks.config.conformance.ConformanceKind;
import io.ghostworks.traceql.ast.TraceqlQuery;
import io.ghostworks.traceql.parse.TraceqlParseException;
import io.ghostworks.traceql.parse.TraceqlParser;
import io.ghostworks.traceql.parse.TraceqlValidationException;
import io.ghostworks.traceql.parse.Validation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The conformance kind traceql: YAML with lists of queries under {@code valid} (parse, have types
 * that fit, and are the same query once more after they were written out), {@code parse_fails},
 * {@code validate_fails} (parse and are refused for another reason than that something is not
 * supported) and {@code unsupported} (parse; may be refused as not supported). Each query is a
 * case.
 */
public final class TraceqlConformance implements ConformanceKind {

  @Override
  public String name() {
    return "traceql";
  }

  @Override
  public boolean accepts(Path file) {
    return file.toString().endsWith(".yaml") || file.toString().endsWith(".yml");
  }

  @Override
  public List<CaseResult> run(Path file) throws IOException {
    ConfigNode root;
    try {
      root = ConfigFile.read(file);
    } catch (ConfigException e) {
      throw new IOException(e.getMessage(), e);
    }
    List<CaseResult> results = new ArrayList<>();
    if (root instanceof MapNode map) {
      for (Expectation expectation : Expectation.values()) {
        String key = expectation.name().toLowerCase(java.util.Locale.ROOT);
        if (map.find(key).orElse(null) instanceof ListNode queries) {
          queries.items().forEach(query -> results.add(result(file, query, expectation)));
        }
      }
    }
    return results;
  }

  private enum Expectation {
    VALID,
    PARSE_FAILS,
    VALIDATE_FAILS,
    UNSUPPORTED
  }

  private static CaseResult result(Path file, ConfigNode query, Expectation expectation) {
    String place = file + ":" + query.position().line();
    String text = query instanceof ScalarNode scalar ? scalar.text() : query.toString();
    String failure = failure(text, expectation);
    return failure == null
        ? CaseResult.passed(place)
        : CaseResult.failed(place, failure + ": " + text);
  }

  private static @Nullable String failure(String text, Expectation expectation) {
    TraceqlQuery query;
    try {
      query = TraceqlParser.parse(text);
    } catch (TraceqlParseException e) {
      return expectation == Expectation.PARSE_FAILS ? null : e.getMessage();
    }
    if (expectation == Expectation.PARSE_FAILS) {
      return "parses, but must not: " + query;
    }
    try {
      Validation.check(query);
    } catch (TraceqlValidationException e) {
      boolean expected =
          e.isUnsupported()
              ? expectation == Expectation.UNSUPPORTED
              : expectation == Expectation.VALIDATE_FAILS;
      return expected ? null : e.getMessage();
    }
    return switch (expectation) {
      case VALIDATE_FAILS -> "is valid, but must not be";
      case VALID, UNSUPPORTED -> unlikeItsText(query);
      case PARSE_FAILS -> throw new IllegalStateException("handled above");
    };
  }

  private static @Nullable String unlikeItsText(TraceqlQuery query) {
    try {
      return TraceqlParser.parse(query.toString()).equals(query)
          ? null
          : "is another query once written out as " + query;
    } catch (TraceqlParseException e) {
      return "does not parse once written out as " + query + ": " + e.getMessage();
    }
  }
}
