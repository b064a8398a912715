package io.ghostworks.wire.openmetrics;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.MetricType;
import io.ghostworks.wire.WireFormatException;
import io.ghostworks.wire.exposition.ExpositionParser;
import io.ghostworks.wire.exposition.PrometheusTextParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The families of a text in Prometheus's own format, grouped as Prometheus's client libraries group
 * them: samples with the suffixes of a histogram or summary belong to it if its type was declared
 * before.
 *
 * <p>Source: prometheus/common expfmt/text_parse.go.
 */
public final class TextFamilies {
  private final Map<String, Family> families = new LinkedHashMap<>();

  private TextFamilies() {}

  private static final class Family {
    private MetricType type = MetricType.UNKNOWN;
    private boolean hasType;
    private boolean hasHelp;
    private boolean sampled;
    private final List<Map<String, String>> metrics = new ArrayList<>();
    private final Set<Map<String, String>> seen = new LinkedHashSet<>();
    private int seriesOfFirst;
  }

  /**
   * The families of a text, in their order; those without samples are left out.
   *
   * @throws WireFormatException if the text does not follow the format
   */
  public static List<ExposedFamily> read(byte[] text) {
    if (text.length > 0 && text[text.length - 1] != '\n') {
      throw new WireFormatException(
          "unexpected end of input stream: the last line must end with a line break", text.length);
    }
    TextFamilies all = new TextFamilies();
    all.entries(new PrometheusTextParser(text, 0, text.length));
    List<ExposedFamily> exposed = new ArrayList<>();
    all.families.forEach((name, family) -> {
      if (family.sampled) {
        exposed.add(
            new ExposedFamily(
                name,
                family.type,
                family.hasHelp,
                family.metrics,
                isComposed(family) ? Math.max(1, family.seriesOfFirst) : 1));
      }
    });
    return exposed;
  }

  private void entries(ExpositionParser parser) {
    while (true) {
      switch (parser.next()) {
        case HELP -> {
          Family family = family(parser.family());
          if (family.hasHelp) {
            throw refused("second HELP line for metric name \"%s\"".formatted(parser.family()));
          }
          family.hasHelp = true;
        }
        case TYPE -> {
          Family family = family(parser.family());
          if (family.hasType || family.sampled) {
            throw refused(
                "second TYPE line for metric name \"%s\", or TYPE reported after samples"
                    .formatted(parser.family()));
          }
          family.hasType = true;
          family.type = parser.type();
        }
        case SERIES -> sample(parser.labels());
        case UNIT -> {} // Not in this format.
        case END -> {
          return;
        }
      }
    }
  }

  private static WireFormatException refused(String message) {
    return new WireFormatException(message, WireFormatException.NOWHERE);
  }

  private Family family(String name) {
    return families.computeIfAbsent(name, n -> new Family());
  }

  private static boolean isComposed(Family family) {
    return family.type == MetricType.HISTOGRAM || family.type == MetricType.SUMMARY;
  }

  private void sample(Labels labels) {
    String name = labels.metricName();
    Family family = family(familyOf(name));
    family.sampled = true;
    Map<String, String> own = new LinkedHashMap<>();
    String part = family.type == MetricType.HISTOGRAM ? "le" : "quantile";
    labels.forEach((label, value) -> {
      if (!label.equals(Labels.METRIC_NAME) && !(isComposed(family) && label.equals(part))) {
        own.put(label, value);
      }
    });
    boolean first = family.seen.add(own);
    if (first || !isComposed(family)) {
      family.metrics.add(own);
    }
    if (own.equals(family.metrics.getFirst())) {
      family.seriesOfFirst++;
    }
  }

  private String familyOf(String sample) {
    for (String suffix : List.of("_count", "_sum", "_bucket")) {
      if (sample.endsWith(suffix)) {
        String name = sample.substring(0, sample.length() - suffix.length());
        Family family = families.get(name);
        boolean histogram = family != null && family.type == MetricType.HISTOGRAM;
        boolean summary =
            family != null && family.type == MetricType.SUMMARY && !suffix.equals("_bucket");
        if (histogram || summary) {
          return name;
        }
      }
    }
    return sample;
  }
}
