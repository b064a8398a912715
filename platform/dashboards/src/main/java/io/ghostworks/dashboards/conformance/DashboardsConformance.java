package io.ghostworks.dashboards.conformance;

import io.ghostworks.config.conformance.CaseResult;
import io.ghostworks.config.conformance.ConformanceKind;
import io.ghostworks.dashboards.document.Bundle;
import io.ghostworks.dashboards.document.DashboardDocument;
import io.ghostworks.dashboards.document.DocumentException;
import io.ghostworks.dashboards.document.TreeJson;
import io.ghostworks.logql.syntax.LogqlParseException;
import io.ghostworks.logql.syntax.LogqlParser;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.promql.parse.PromqlParseException;
import io.ghostworks.promql.parse.PromqlParser;
import io.ghostworks.traceql.parse.TraceqlParseException;
import io.ghostworks.traceql.parse.TraceqlParser;
import io.ghostworks.traceql.parse.TraceqlValidationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The conformance kind dashboards: a file is imported, and each expression of it is filled in and
 * read; the import and each expression are cases. Notes tell what is not supported.
 */
public final class DashboardsConformance implements ConformanceKind {

  private static final PromqlParser PROMQL = new PromqlParser(ParserOptions.ALL);
  private static final int FILE_BYTES_MAX = 2 * TreeJson.BYTES_MAX;

  @Override
  public String name() {
    return "dashboards";
  }

  @Override
  public boolean accepts(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".json");
  }

  @Override
  public List<CaseResult> run(Path file) throws IOException {
    List<CaseResult> results = new ArrayList<>();
    List<DashboardDocument> documents;
    try {
      documents = documents(file);
    } catch (DocumentException e) {
      return List.of(ConformanceKind.judge(file, List.of(String.valueOf(e.getMessage()))));
    }
    results.add(
        ConformanceKind.judge(
            file, documents.isEmpty() ? List.of("there is no dashboard in it") : List.of()));
    for (DashboardDocument document : documents) {
      Variables variables = Variables.of(document);
      for (AskedText asked : DashboardContents.of(document).asked()) {
        results.add(result(file, asked, variables.fill(asked.text(), asked.language())));
      }
    }
    return results;
  }

  private static CaseResult result(Path file, AskedText asked, String text) {
    try {
      var _ =
          switch (asked.language()) {
            case PROMQL -> PROMQL.parse(text);
            case LOGQL -> LogqlParser.parse(text);
            case TRACEQL -> TraceqlParser.parseValid(text);
          };
      return CaseResult.passed(file.toString());
    } catch (PromqlParseException
        | LogqlParseException
        | TraceqlParseException
        | TraceqlValidationException e) {
      return CaseResult.failed(
          file.toString(),
          "%s: '%s' cannot be read: %s".formatted(asked.place(), text, e.getMessage()));
    }
  }

  @Override
  public List<String> notes(Path file) throws IOException {
    List<String> notes = new ArrayList<>();
    try {
      for (DashboardDocument document : documents(file)) {
        for (String each : DashboardContents.of(document).unsupported()) {
          notes.add("not supported: " + each);
        }
      }
    } catch (DocumentException e) {
      return notes; // the case says so
    }
    return notes;
  }

  private static List<DashboardDocument> documents(Path file)
      throws IOException, DocumentException {
    if (Files.size(file) > FILE_BYTES_MAX) {
      throw new DocumentException(
          "the text may have %d bytes, got %d".formatted(FILE_BYTES_MAX, Files.size(file)));
    }
    String text = TreeJson.text(Files.readAllBytes(file), FILE_BYTES_MAX);
    List<DashboardDocument> documents = new ArrayList<>();
    for (Bundle.Part part : Bundle.read(file.toString(), text)) {
      if (part.document().looksLikeOne()) {
        documents.add(part.document());
      }
    }
    return documents;
  }
}
