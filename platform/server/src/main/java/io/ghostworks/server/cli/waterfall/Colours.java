package io.ghostworks.server.cli.waterfall;

import java.util.HashMap;
import java.util.Map;

/** A colour for each service, in the order in which they come; none where none are wanted. */
final class Colours {
  private static final int[] SERVICES = {36, 33, 35, 32, 34, 96, 93, 95, 92, 94};
  private static final int RED = 31;
  private static final int FAINT = 2;

  private final boolean wanted;
  private final Map<String, Integer> services = new HashMap<>();

  Colours(boolean wanted) {
    this.wanted = wanted;
  }

  String service(String service, String text) {
    return code(
        services.computeIfAbsent(service, each -> SERVICES[services.size() % SERVICES.length]),
        text);
  }

  String failed(String text) {
    return code(RED, text);
  }

  String faint(String text) {
    return code(FAINT, text);
  }

  private String code(int code, String text) {
    return wanted ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
