package io.ghostworks.wire.openmetrics;

import io.ghostworks.config.conformance.CaseResult;
import io.ghostworks.config.conformance.ConformanceKind;
import io.ghostworks.wire.WireFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parser tests that the OpenMetrics project publishes: a folder a case, with a {@code
 * test.json} that names the text's file and tells whether it must parse.
 */
public final class OpenMetricsConformance implements ConformanceKind {
  private static final Pattern FILE = Pattern.compile("\"file\"\\s*:\\s*\"([^\"/]+)\"");
  private static final Pattern MUST_PARSE = Pattern.compile("\"shouldParse\"\\s*:\\s*(true|false)");

  @Override
  public String name() {
    return "openmetrics";
  }

  @Override
  public boolean accepts(Path file) {
    return file.endsWith("test.json");
  }

  @Override
  public List<CaseResult> run(Path file) throws IOException {
    String description = Files.readString(file);
    Matcher text = FILE.matcher(description);
    Matcher mustParse = MUST_PARSE.matcher(description);
    if (!text.find() || !mustParse.find()) {
      return List.of(
          CaseResult.failed(file.toString(), "must have 'file' and 'shouldParse', and has not"));
    }
    boolean expected = mustParse.group(1).equals("true");
    try {
      Path exposed = file.resolveSibling(text.group(1));
      // Empty texts are published without their file.
      OpenMetricsValidator.validate(
          Files.exists(exposed) ? Files.readAllBytes(exposed) : new byte[0]);
      return List.of(
          expected
              ? CaseResult.passed(file.toString())
              : CaseResult.failed(file.toString(), "accepted, but must be refused"));
    } catch (WireFormatException e) {
      return List.of(
          expected
              ? CaseResult.failed(file.toString(), "refused: " + e.getMessage())
              : CaseResult.passed(file.toString()));
    }
  }
}
