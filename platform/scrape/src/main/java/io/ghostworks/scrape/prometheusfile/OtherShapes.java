package io.ghostworks.scrape.prometheusfile;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The sections runtime, storage, tracing and otlp. Rules of prometheus config/config.go. */
final class OtherShapes {
  static final Shape RUNTIME = Shape.create().integer("gogc");

  private static final Shape RETENTION =
      Shape.create()
          .duration("time")
          .size("size")
          .number("percentage")
          .rule(given -> {
            if (given.size("size") < 0) {
              given.refuse("size", "must not be negative");
            }
            double percentage = given.number("percentage", 0);
            if (percentage < 0 || percentage > 100) {
              given.refuse("percentage", "must be from 0 to 100");
            }
          });

  static final Shape STORAGE =
      Shape.create()
          .section(
              "tsdb",
              Shape.create()
                  .duration("out_of_order_time_window")
                  .number("stale_series_compaction_threshold")
                  .section("retention", RETENTION)
                  .section("chunk_encoding", Shape.create().choice("floats", "", "xor", "xor2")))
          .section("exemplars", Shape.create().integer("max_exemplars"));

  static final Shape TRACING =
      Shape.create()
          .choice("client_type", "http", "grpc")
          .text("endpoint", "compression")
          .number("sampling_fraction")
          .flag("insecure")
          .section("tls_config", HttpClientShape.TLS)
          .textMap("headers")
          .duration("timeout")
          .rule(given -> RemoteShapes.checkHeaders(given, "headers"))
          .rule(given -> {
            given.required("endpoint");
            if (!Set.of("", "gzip").contains(given.text("compression"))) {
              given.refuse("compression", "must be gzip");
            }
          });

  static final Shape OTLP =
      Shape.create()
          .flag("promote_all_resource_attributes", "keep_identifying_resource_attributes")
          .flag("convert_histograms_to_nhcb", "promote_scope_metadata")
          .flag("label_name_underscore_sanitization", "label_name_preserve_multiple_underscores")
          .texts("promote_resource_attributes", "ignore_resource_attributes")
          .text("translation_strategy")
          .rule(OtherShapes::checkOtlp);

  private OtherShapes() {}

  private static void checkOtlp(Given given) {
    boolean promoteAll = given.flag("promote_all_resource_attributes", false);
    List<String> promoted = given.texts("promote_resource_attributes");
    List<String> ignored = given.texts("ignore_resource_attributes");
    if (promoteAll) {
      if (!promoted.isEmpty()) {
        given.refuse(
            "promote_resource_attributes",
            "must not be given together with promote_all_resource_attributes");
      }
      checkAttributes(given, "ignore_resource_attributes", ignored);
    } else {
      if (!ignored.isEmpty()) {
        given.refuse(
            "ignore_resource_attributes", "needs promote_all_resource_attributes: true beside it");
      }
      checkAttributes(given, "promote_resource_attributes", promoted);
    }
  }

  private static void checkAttributes(Given given, String key, List<String> attributes) {
    Set<String> seen = new HashSet<>();
    for (String attribute : attributes) {
      String name = attribute.strip();
      if (name.isEmpty()) {
        given.refuse(key, "must not have an empty attribute");
      } else if (!seen.add(name)) {
        given.refuse(key, "must not have the attribute '" + name + "' twice");
      }
    }
  }
}
