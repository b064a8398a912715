package io.ghostworks.logql.pipeline;

import com.google.re2j.PatternSyntaxException;
import io.ghostworks.logql.pattern.LinePattern;
import io.ghostworks.logql.pattern.PatternException;
import io.ghostworks.logql.syntax.LineFilter;
import io.ghostworks.logql.syntax.LogqlParseException;
import io.ghostworks.logql.syntax.Stage;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.label.UserRegex;
import io.ghostworks.template.TemplateException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stages of a query, compiled. A record goes in with its labels and comes out kept or not; the
 * line and the labels can then be asked for until the next one. Used by one thread at a time.
 */
public final class LogPipeline {
  private final PipelineStage[] stages;
  private final LineLabels labels;
  private final Line line = new Line();

  private LogPipeline(PipelineStage[] stages, ParserHints hints) {
    this.stages = stages;
    this.labels = new LineLabels(hints);
  }

  /**
   * Compiles stages.
   *
   * @throws LogqlParseException if one parses but cannot run
   */
  public static LogPipeline compile(List<Stage> stages) {
    return compile(stages, ParserHints.none());
  }

  static LogPipeline compile(List<Stage> stages, ParserHints hints) {
    List<PipelineStage> compiled = new ArrayList<>();
    for (Stage stage : StageOrder.filtersFirst(stages)) {
      PipelineStage step = compile(stage);
      if (step != null) {
        compiled.add(step);
      }
    }
    return new LogPipeline(compiled.toArray(PipelineStage[]::new), hints);
  }

  private static @Nullable PipelineStage compile(Stage stage) {
    try {
      return compileUnguarded(stage);
    } catch (PatternException
        | PatternSyntaxException
        | TemplateException
        | IllegalArgumentException e) {
      throw LogqlParseException.stage(stage, String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable PipelineStage compileUnguarded(Stage stage) {
    return switch (stage) {
      case Stage.LineFilters filters ->
          filters.filters().stream().allMatch(LogPipeline::isEmpty)
              ? null
              : LineFilterStage.of(filters.filters());
      case Stage.Json json -> new JsonStage();
      case Stage.JsonExpressions json -> {
        List<String> names = new ArrayList<>();
        List<JsonPath> paths = new ArrayList<>();
        for (Stage.Extraction extraction : json.extractions()) {
          names.add(extraction.label());
          paths.add(path(extraction.expression()));
        }
        yield new JsonExpressionStage(names, paths);
      }
      case Stage.Logfmt logfmt -> new LogfmtStage(logfmt.strict(), logfmt.keepEmpty());
      case Stage.LogfmtExpressions logfmt -> {
        Map<String, String> keys = new LinkedHashMap<>();
        for (Stage.Extraction extraction : logfmt.extractions()) {
          keys.put(extraction.label(), LogfmtKey.parse(extraction.expression()));
        }
        yield new LogfmtExpressionStage(keys, logfmt.strict());
      }
      case Stage.Regexp regexp -> new RegexpStage(UserRegex.compile(regexp.expression()));
      case Stage.PatternParser pattern -> new PatternStage(LinePattern.parser(pattern.pattern()));
      case Stage.Unpack unpack -> new UnpackStage();
      case Stage.LabelStage label -> {
        LabelTest test = LabelTests.compile(label.filter());
        yield (line, labels) -> test.test(labels);
      }
      case Stage.LineFormat format -> LineFormatStage.of(format.template());
      case Stage.LabelFormats formats -> LabelFormatStage.of(formats.formats());
      case Stage.Decolorize decolorize -> new DecolorizeStage();
      case Stage.Drop drop -> new LabelSelectionStage(drop.labels(), true);
      case Stage.Keep keep -> new LabelSelectionStage(keep.labels(), false);
    };
  }

  private static boolean isEmpty(LineFilter filter) {
    boolean plain =
        filter.type() == LineFilter.Type.CONTAINS || filter.type() == LineFilter.Type.REGEXP;
    return plain && filter.alternatives().stream().allMatch(n -> n.text().isEmpty() && !n.ip());
  }

  private static JsonPath path(String expression) {
    try {
      return JsonPath.parse(expression);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "cannot parse expression [%s]: %s".formatted(expression, e.getMessage()), e);
    }
  }

  /** Whether no stage does anything. */
  public boolean isEmpty() {
    return stages.length == 0;
  }

  /**
   * Puts a record through the stages.
   *
   * @param bytes has its line from {@code from} to {@code to}; not changed, and read until the next
   *     record
   * @return whether it is kept
   */
  public boolean process(
      long timeNanos, byte[] bytes, int from, int to, Labels stream, Labels metadata) {
    line.set(timeNanos, bytes, from, to);
    labels.reset(stream, metadata);
    for (PipelineStage stage : stages) {
      if (!stage.process(line, labels)) {
        return false;
      }
    }
    return true;
  }

  /** The line as stages left it. */
  public String line() {
    return line.text();
  }

  /** Its length in bytes. */
  public int lineBytes() {
    return line.to() - line.from();
  }

  /** The labels of the stream that are left; neither overwritten nor dropped. */
  public Labels streamLabels() {
    return labels.streamLabels();
  }

  /** The structured metadata that is left. */
  public Labels structuredMetadata() {
    return labels.structuredMetadata();
  }

  /** What stages set, and {@code __error__} with its details; a value may be empty. */
  public Labels parsedLabels() {
    return labels.parsedLabels();
  }

  /** All three in one. */
  public Labels labels() {
    return labels.all();
  }

  LineLabels current() {
    return labels;
  }

  Line currentLine() {
    return line;
  }
}
