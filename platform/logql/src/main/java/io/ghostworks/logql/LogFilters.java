package io.ghostworks.logql;

import com.google.re2j.PatternSyntaxException;
import io.ghostworks.logql.pattern.LinePattern;
import io.ghostworks.logql.pattern.PatternException;
import io.ghostworks.logql.syntax.LabelFilter;
import io.ghostworks.logql.syntax.LineFilter;
import io.ghostworks.logql.syntax.Stage;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.UserRegex;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What of a log query a store can decide, and what is left for the pipeline.
 *
 * @param filter every record of the answer fulfils it
 * @param stages those that still run on the records that fulfil it
 */
public record LogFilters(Filter filter, List<Stage> stages) {
  private static final Set<String> IDS = Set.of("trace_id", "span_id");

  /** Signs that stand for themselves in the text of any value. */
  private static final Pattern ID = Pattern.compile("[0-9A-Za-z-]+");

  public LogFilters {
    stages = List.copyOf(stages);
  }

  /**
   * Splits a query; the answer is the same as without.
   *
   * @param metadata of the records that the query reads
   */
  public static LogFilters of(
      List<LabelMatcher> matchers, List<Stage> stages, MetadataLabels metadata) {
    ParsedNeedles needles = new ParsedNeedles(metadata::mayHave);
    boolean labelsAreTexts = true;
    List<Filter> parts = new ArrayList<>();
    parts.add(new Filter.Stream(matchers));
    List<Stage> left = new ArrayList<>();
    boolean lineIsOwn = true;
    boolean labelsAreOwn = true;
    for (Stage stage : stages) {
      if (lineIsOwn && stage instanceof Stage.LineFilters lines) {
        List<LineFilter> undecided = new ArrayList<>();
        for (LineFilter line : lines.filters()) {
          if (!decides(line, parts)) {
            undecided.add(line);
          }
        }
        if (!undecided.isEmpty()) {
          left.add(new Stage.LineFilters(undecided));
        }
        continue;
      }
      left.add(stage);
      if (labelsAreOwn && stage instanceof Stage.LabelStage label) {
        necessary(label.filter(), metadata, parts);
      }
      if (labelsAreTexts && stage instanceof Stage.LabelStage label) {
        Filter needle = needles.necessary(label.filter());
        if (needle != null) {
          parts.add(needle);
        }
      }
      needles.pass(stage);
      labelsAreTexts &= ParsedNeedles.keepsTexts(stage);
      lineIsOwn &=
          !(stage instanceof Stage.LineFormat
              || stage instanceof Stage.Unpack
              || stage instanceof Stage.Decolorize);
      labelsAreOwn &= stage instanceof Stage.LabelStage || stage instanceof Stage.LineFilters;
    }
    return new LogFilters(new Filter.And(parts), left);
  }

  /** Adds what must hold for a line filter; whether that is all that it asks. */
  private static boolean decides(LineFilter filter, List<Filter> parts) {
    List<LineFilter.Needle> needles = filter.alternatives();
    boolean allEmpty = needles.stream().allMatch(n -> n.text().isEmpty() && !n.ip());
    boolean whole = true;
    List<Filter> alternatives = new ArrayList<>();
    for (LineFilter.Needle needle : needles) {
      if (needle.text().isEmpty() && !needle.ip() && !allEmpty) {
        continue; // An empty text among others counts for nothing, as in Loki.
      }
      Filter exact = needle.ip() ? null : exact(filter.type(), needle.text());
      if (exact == null) {
        whole = false;
        exact = filter.type() == LineFilter.Type.PATTERN ? literals(needle.text()) : Filter.ALL;
      }
      alternatives.add(exact);
    }
    Filter any = alternatives.size() == 1 ? alternatives.getFirst() : new Filter.Or(alternatives);
    if (whole) {
      parts.add(filter.type().negated() ? new Filter.Not(any) : any);
    } else if (!filter.type().negated() && !alternatives.contains(Filter.ALL)) {
      parts.add(any);
    }
    return whole;
  }

  private static @Nullable Filter exact(LineFilter.Type type, String text) {
    return switch (type) {
      case CONTAINS, NOT_CONTAINS ->
          text.isEmpty()
              ? Filter.ALL
              : new Filter.Contains(Field.BODY, text.getBytes(StandardCharsets.UTF_8));
      case REGEXP, NOT_REGEXP -> expression(text);
      case PATTERN, NOT_PATTERN -> null;
    };
  }

  /** What is no expression is refused, in Loki's words, by the pipeline. */
  private static @Nullable Filter expression(String text) {
    try {
      return new Filter.Finds(Field.BODY, UserRegex.compile(text));
    } catch (PatternSyntaxException e) {
      return null;
    }
  }

  /** The literals of a pattern all stand in the line; what is no pattern is refused elsewhere. */
  private static Filter literals(String text) {
    try {
      List<Filter> literals = new ArrayList<>();
      for (byte[] literal : LinePattern.filter(text).literals()) {
        literals.add(new Filter.Contains(Field.BODY, literal));
      }
      return literals.isEmpty() ? Filter.ALL : new Filter.And(literals);
    } catch (PatternException e) {
      return Filter.ALL;
    }
  }

  /** Adds what must hold for a label filter; only equality of ids is certain enough. */
  private static void necessary(LabelFilter filter, MetadataLabels metadata, List<Filter> parts) {
    switch (filter) {
      case LabelFilter.And and -> {
        necessary(and.left(), metadata, parts);
        necessary(and.right(), metadata, parts);
      }
      case LabelFilter.Text text -> {
        if (text.matcher() instanceof LabelMatcher.Equal equal
            && IDS.contains(equal.label())
            && ID.matcher(equal.value()).matches()) {
          metadata.attributesOf(equal.label()).ifPresent(fields -> parts.add(id(equal, fields)));
        }
      }
      case LabelFilter.Or or -> {}
      case LabelFilter.Numeric number -> {}
      case LabelFilter.Duration duration -> {}
      case LabelFilter.Bytes bytes -> {}
      case LabelFilter.Ip ip -> {}
    }
  }

  /**
   * An id stands in its own column, among the labels of the stream, or in an attribute that becomes
   * the label, of whatever type. The column may hold one that is shown under no label, so that the
   * filter stays among the stages.
   */
  private static Filter id(LabelMatcher.Equal equal, List<Field> attributes) {
    Field column = equal.label().equals("trace_id") ? Field.TRACE_ID : Field.SPAN_ID;
    List<Filter> places = new ArrayList<>();
    places.add(new Filter.Stream(List.of(equal)));
    places.add(
        new Filter.Compare(column, Filter.Operator.EQUAL, new Filter.Literal.Text(equal.value())));
    byte[] text = equal.value().getBytes(StandardCharsets.US_ASCII);
    for (Field attribute : attributes) {
      places.add(new Filter.Contains(attribute, text));
    }
    return new Filter.Or(places);
  }
}
