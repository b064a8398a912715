package io.ghostworks.server.cli;

import io.ghostworks.config.conformance.ConformanceKind;
import java.util.List;

/** The kinds of published data that this version runs. */
final class ConformanceKinds {

  private ConformanceKinds() {}

  static List<ConformanceKind> all() {
    return List.of();
  }
}
