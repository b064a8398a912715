package io.ghostworks.scrape.prometheusfile;

import io.ghostworks.config.shape.Shape;
import io.ghostworks.wire.client.ClientSettingsShape;
import java.util.Set;

/** The sections runtime, storage and tracing. Rules of prometheus config/config.go. */
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
          .section("tls_config", ClientSettingsShape.TLS)
          .textMap("headers")
          .duration("timeout")
          .rule(given -> RemoteShapes.checkHeaders(given, "headers"))
          .rule(given -> {
            given.required("endpoint");
            if (!Set.of("", "gzip").contains(given.text("compression"))) {
              given.refuse("compression", "must be gzip");
            }
          });

  private OtherShapes() {}
}
