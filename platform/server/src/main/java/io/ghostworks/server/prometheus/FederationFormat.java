package io.ghostworks.server.prometheus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * In which form series are federated: the text format, or delimited protobuf messages, which alone
 * carry native histograms; and how names are escaped.
 *
 * @param protobuf whether the messages are asked for
 */
record FederationFormat(boolean protobuf, NameEscaping names) {

  private static final String PROTOBUF = "application/vnd.google.protobuf";
  private static final String MESSAGE = "io.prometheus.client.MetricFamily";

  /**
   * The first form in the order of a client's weights that is spoken here; the text format else.
   */
  static FederationFormat of(String accept) {
    NameEscaping names = NameEscaping.UNDERSCORES;
    for (Range range : ranges(accept)) {
      names = NameEscaping.find(range.parameters.getOrDefault("escaping", ""), names);
      String version = range.parameters.getOrDefault("version", "");
      if (range.type.equals(PROTOBUF)
          && MESSAGE.equals(range.parameters.get("proto"))
          && "delimited".equals(range.parameters.get("encoding"))) {
        return new FederationFormat(true, names);
      }
      if (range.type.equals("text/plain") && (version.isEmpty() || version.equals("0.0.4"))) {
        return new FederationFormat(false, names);
      }
    }
    return new FederationFormat(false, names);
  }

  String contentType() {
    return (protobuf
            ? PROTOBUF + "; proto=" + MESSAGE + "; encoding=delimited"
            : "text/plain; version=0.0.4; charset=utf-8")
        + "; escaping="
        + names.word();
  }

  private record Range(String type, Map<String, String> parameters, double weight) {}

  private static List<Range> ranges(String accept) {
    List<Range> ranges = new ArrayList<>();
    for (String part : accept.split(",", 64)) {
      String[] words = part.split(";", 32);
      Map<String, String> parameters = new LinkedHashMap<>();
      for (int i = 1; i < words.length; i++) {
        String[] pair = words[i].strip().split("=", 2);
        parameters.put(pair[0].toLowerCase(Locale.ROOT), pair.length == 2 ? pair[1] : "");
      }
      ranges.add(
          new Range(
              words[0].strip().toLowerCase(Locale.ROOT),
              parameters,
              weight(parameters.getOrDefault("q", "1"))));
    }
    ranges.sort(Comparator.comparingDouble(Range::weight).reversed());
    return ranges;
  }

  private static double weight(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return 1; // as if none were given
    }
  }
}
