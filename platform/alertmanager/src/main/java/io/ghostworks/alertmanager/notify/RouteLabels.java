package io.ghostworks.alertmanager.notify;

import io.ghostworks.template.GoFunction;
import io.ghostworks.template.TemplateException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The labels of a route for one rendering, and the template function {@code routeLabels} that gives
 * them. The value of a label is a template, which may ask for other ones; each is rendered once.
 */
final class RouteLabels {
  private final Map<String, String> templates;
  private final BiFunction<String, RouteLabels, String> render;
  private final Map<String, String> rendered = new HashMap<>();
  private final List<String> underWay = new ArrayList<>();

  /**
   * @param templates by label
   * @param render renders a text with these as its labels
   */
  RouteLabels(Map<String, String> templates, BiFunction<String, RouteLabels, String> render) {
    this.templates = templates;
    this.render = render;
  }

  /** Labels that are rendered already. */
  static RouteLabels rendered(Map<String, String> labels) {
    RouteLabels all = new RouteLabels(labels, (text, labelsOfText) -> text);
    all.rendered.putAll(labels);
    return all;
  }

  /**
   * A label's value; "" where there is no such label.
   *
   * @throws TemplateException if a template fails, or asks for itself
   */
  String value(String label) {
    String template = templates.get(label);
    if (template == null) {
      return "";
    }
    String known = rendered.get(label);
    if (known != null) {
      return known;
    }
    if (underWay.contains(label)) {
      throw new TemplateException(
          "route label cycle detected: %s -> %s".formatted(String.join(" -> ", underWay), label));
    }
    underWay.add(label);
    try {
      String value = render.apply(template, this);
      rendered.put(label, value);
      return value;
    } finally {
      underWay.removeLast();
    }
  }

  /** The functions with {@code routeLabels}. */
  Map<String, GoFunction> addedTo(Map<String, GoFunction> functions) {
    if (templates.isEmpty()) {
      return functions;
    }
    Map<String, GoFunction> all = new HashMap<>(functions);
    all.put("routeLabels", GoFunction.of(1, arguments -> value(arguments.text(0))));
    return all;
  }
}
