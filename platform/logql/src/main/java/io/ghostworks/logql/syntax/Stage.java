package io.ghostworks.logql.syntax;

import io.ghostworks.model.label.LabelMatcher;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A step of the pipeline. Steps run in the order of the query; the text is the normal form. */
public sealed interface Stage {

  /** Line filters that follow each other directly; all must hold. */
  record LineFilters(List<LineFilter> filters) implements Stage {
    public LineFilters {
      filters = List.copyOf(filters);
    }

    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** {@code | json}: every field of the object in the line, nested names joined by {@code _}. */
  record Json() implements Stage {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** {@code | json name="path"}. */
  record JsonExpressions(List<Extraction> extractions) implements Stage {
    public JsonExpressions {
      extractions = List.copyOf(extractions);
    }

    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /**
   * {@code | logfmt}.
   *
   * @param strict whether the rest of a line is left after its first fault
   * @param keepEmpty whether keys without a value become labels
   */
  record Logfmt(boolean strict, boolean keepEmpty) implements Stage {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** {@code | logfmt name="key"}. */
  record LogfmtExpressions(List<Extraction> extractions, boolean strict, boolean keepEmpty)
      implements Stage {
    public LogfmtExpressions {
      extractions = List.copyOf(extractions);
    }

    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** {@code | regexp "..."}: the named groups of the first match. */
  record Regexp(String expression) implements Stage {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** {@code | pattern "<ip> - <_>"}. */
  record PatternParser(String pattern) implements Stage {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** {@code | unpack}: the labels that Promtail's pack stage put into the line. */
  record Unpack() implements Stage {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** {@code | status >= 500}. */
  record LabelStage(LabelFilter filter) implements Stage {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** {@code | line_format "{{.status}}"}. */
  record LineFormat(String template) implements Stage {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** {@code | label_format to=from, other="{{.status}}"}. */
  record LabelFormats(List<LabelFormat> formats) implements Stage {
    public LabelFormats {
      formats = List.copyOf(formats);
    }

    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** {@code | decolorize}: without the escape sequences of terminals. */
  record Decolorize() implements Stage {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** {@code | drop name, other="value"}. */
  record Drop(List<NamedMatcher> labels) implements Stage {
    public Drop {
      labels = List.copyOf(labels);
    }

    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** {@code | keep name, other="value"}. */
  record Keep(List<NamedMatcher> labels) implements Stage {
    public Keep {
      labels = List.copyOf(labels);
    }

    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** A label and where its value stands: a path in JSON, a key in logfmt. */
  record Extraction(String label, String expression) {}

  /**
   * One of a label_format's.
   *
   * @param value the label that is renamed, or a template
   */
  record LabelFormat(String label, String value, boolean rename) {}

  /**
   * A label to drop or to keep.
   *
   * @param matcher what its value must fulfil, if anything
   */
  record NamedMatcher(String label, @Nullable LabelMatcher matcher) {}
}
