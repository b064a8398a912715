package io.ghostworks.template;

import io.ghostworks.config.DurationForm;
import io.ghostworks.model.label.Labels;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A template of an alerting rule's label or annotation: text mode, with the variables {@code
 * $labels}, {@code $externalLabels}, {@code $externalURL} and {@code $value} and Prometheus's
 * functions ({@code template/template.go}). Immutable and thread-safe.
 */
public final class PrometheusTemplate {

  private static final String DEFINITIONS =
      "{{$labels := .Labels}}{{$externalLabels := .ExternalLabels}}"
          + "{{$externalURL := .ExternalURL}}{{$value := .Value}}";

  private static final Set<String> NAMES =
      Set.copyOf(functions(new Context("", "", Labels.EMPTY, 0, (q, t) -> List.of())).keySet());

  private final String name;
  private final String text;
  private final @Nullable TemplateSet parsed;

  private PrometheusTemplate(String name, String text, @Nullable TemplateSet parsed) {
    this.name = name;
    this.text = text;
    this.parsed = parsed;
  }

  /**
   * @param name how errors call it, {@code __alert_} and the rule's name
   * @throws TemplateException if the text is not well formed
   */
  public static PrometheusTemplate parse(String name, String text) {
    boolean plain = !text.contains("{{");
    return new PrometheusTemplate(
        name,
        text,
        plain ? null : TemplateSet.withFunctions(NAMES).parse(name, DEFINITIONS + text));
  }

  /** The text as written. */
  public String text() {
    return text;
  }

  /**
   * The labels of the alert that the template writes, as {@code $labels.x}; not those that it only
   * asks for by {@code if} or {@code with}.
   */
  public Set<String> labelsUsed() {
    return parsed == null ? Set.of() : LabelUse.of(parsed.trees(), name);
  }

  /**
   * Renders the template for one element of a result.
   *
   * @throws TemplateException if an action fails
   */
  public String expand(Labels labels, double value, Context context) {
    if (parsed == null) {
      return text;
    }
    try {
      return parsed.render(
          name,
          new Data(labels, value, context),
          functions(context),
          TemplateSet.Mode.TEXT,
          TemplateLimits.DEFAULT);
    } catch (TemplateException e) {
      throw new TemplateException(
          "error executing template %s: %s".formatted(name, e.getMessage()), e);
    }
  }

  /** What the dot is at the beginning. */
  private record Data(Labels labels, double value, Context context) implements GoObject {
    @Override
    public String typeName() {
      return "struct { Labels map[string]string; ExternalLabels map[string]string;"
          + " ExternalURL string; Value interface {} }";
    }

    @Override
    public @Nullable Member member(String name) {
      return switch (name) {
        case "Labels" -> Member.of(labels.toMap());
        case "ExternalLabels" -> Member.of(context.externalLabels.toMap());
        case "ExternalURL" -> Member.of(context.externalUrl);
        case "Value" -> Member.of(value);
        default -> null;
      };
    }

    @Override
    public String print() {
      return "{%s %s %s %s}"
          .formatted(
              GoValues.print(labels.toMap()),
              GoValues.print(context.externalLabels.toMap()),
              context.externalUrl,
              GoNumbers.shortest(value));
    }
  }

  /** Answers queries from templates. */
  @FunctionalInterface
  public interface Query {
    /**
     * The instant vector of an expression.
     *
     * @throws RuntimeException if it cannot be evaluated
     */
    List<Sample> query(String expression, long timestampMs);
  }

  /** An element of a query's result, with the fields {@code Labels} and {@code Value}. */
  public record Sample(Labels labels, double value) implements GoObject {
    @Override
    public String typeName() {
      return "*template.sample";
    }

    @Override
    public @Nullable Member member(String name) {
      return switch (name) {
        case "Labels" -> Member.of(labels.toMap());
        case "Value" -> Member.of(value);
        default -> null;
      };
    }

    @Override
    public String print() {
      return "&{%s %s}".formatted(GoValues.print(labels.toMap()), GoNumbers.shortest(value));
    }
  }

  /**
   * What templates may ask for.
   *
   * @param externalUrl where people reach this platform, without a slash at its end
   * @param pathPrefix the path of that address
   * @param timestampMs the time of the evaluation, since the epoch
   */
  public record Context(
      String externalUrl, String pathPrefix, Labels externalLabels, long timestampMs, Query query) {

    public static Context of(
        URI externalUrl, Labels externalLabels, long timestampMs, Query query) {
      String path = externalUrl.getPath() == null ? "" : externalUrl.getPath();
      return new Context(externalUrl.toString(), path, externalLabels, timestampMs, query);
    }
  }

  private static Map<String, GoFunction> functions(Context context) {
    Map<String, GoFunction> all = new LinkedHashMap<>();
    CommonFunctions.addTo(all);
    all.put("title", GoFunction.of(1, a -> CommonFunctions.title(a.text(0), false)));
    all.put("query", GoFunction.of(1, a -> query(context, a.text(0))));
    all.put("first", GoFunction.of(1, a -> first(a.list(0))));
    all.put("label", GoFunction.of(2, a -> sample(a, 1).labels.get(a.text(0))));
    all.put("value", GoFunction.of(1, a -> sample(a, 0).value));
    all.put("strvalue", GoFunction.of(1, a -> sample(a, 0).labels.get("__value__")));
    all.put("sortByLabel", GoFunction.of(2, a -> sorted(a.text(0), a.list(1))));
    all.put("args", GoFunction.variadic(0, PrometheusTemplate::arguments));
    all.put("externalURL", GoFunction.of(0, a -> context.externalUrl));
    all.put("pathPrefix", GoFunction.of(0, a -> context.pathPrefix));
    all.put("graphLink", GoFunction.of(1, a -> GraphLinks.graph(a.text(0))));
    all.put("tableLink", GoFunction.of(1, a -> GraphLinks.table(a.text(0))));
    all.put("stripPort", GoFunction.of(1, a -> HostPort.stripPort(a.text(0))));
    all.put("stripDomain", GoFunction.of(1, a -> HostPort.stripDomain(a.text(0))));
    all.put("humanize", GoFunction.of(1, a -> Humanize.decimal(a.any(0))));
    all.put("humanize1024", GoFunction.of(1, a -> Humanize.binary(a.any(0))));
    all.put("humanizePercentage", GoFunction.of(1, a -> Humanize.percentage(a.any(0))));
    all.put("humanizeTimestamp", GoFunction.of(1, a -> Humanize.timestamp(a.any(0))));
    all.put("toTime", GoFunction.of(1, a -> Humanize.time(Humanize.number(a.any(0)))));
    all.put(
        "toDuration",
        GoFunction.of(1, a -> new GoDuration((long) (Humanize.number(a.any(0)) * 1e9))));
    all.put("now", GoFunction.of(0, a -> context.timestampMs / 1000.0));
    all.put("parseDuration", GoFunction.of(1, a -> seconds(a.text(0))));
    all.put("urlQueryEscape", GoFunction.of(1, a -> GoUrl.queryEscape(a.text(0))));
    return all;
  }

  private static List<Sample> query(Context context, String expression) {
    try {
      return context.query.query(expression, context.timestampMs);
    } catch (TemplateException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new TemplateException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Object first(List<?> list) {
    if (list.isEmpty()) {
      throw new TemplateException("first() called on vector with no elements");
    }
    return list.getFirst();
  }

  private static Sample sample(GoFunction.Arguments arguments, int index) {
    return arguments.object(index, Sample.class, "*template.sample");
  }

  private static List<?> sorted(String label, List<?> samples) {
    List<Sample> sorted = new ArrayList<>();
    for (Object each : samples) {
      if (each instanceof Sample sample) {
        sorted.add(sample);
      }
    }
    sorted.sort(Comparator.comparing(sample -> sample.labels.get(label), Labels::compareUtf8));
    return sorted;
  }

  private static AnyMap arguments(GoFunction.Arguments arguments) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      all.put("arg" + i, arguments.any(i));
    }
    return new AnyMap(all);
  }

  private static double seconds(String duration) {
    boolean negative = duration.startsWith("-");
    try {
      double size =
          DurationForm.PROMETHEUS.parse(negative ? duration.substring(1) : duration).toNanos()
              / 1e9;
      return negative ? -size : size;
    } catch (RuntimeException e) {
      throw new TemplateException("not a valid duration string: " + GoStrings.quote(duration), e);
    }
  }
}
