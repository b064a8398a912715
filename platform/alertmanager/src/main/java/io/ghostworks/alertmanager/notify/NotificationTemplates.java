package io.ghostworks.alertmanager.notify;

import io.ghostworks.runtime.time.Clock;
import io.ghostworks.template.GoFunction;
import io.ghostworks.template.NotificationFunctions;
import io.ghostworks.template.TemplateException;
import io.ghostworks.template.TemplateLimits;
import io.ghostworks.template.TemplateSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The templates of a configuration, ready to be rendered. */
public final class NotificationTemplates {
  private static final Logger log = LoggerFactory.getLogger(NotificationTemplates.class);

  /** The names of the functions that templates may call. */
  private static final Set<String> FUNCTION_NAMES =
      NotificationFunctions.with(Clock.system()).keySet();

  /** Enough for a group of thousands of alerts. */
  private static final TemplateLimits LIMITS = new TemplateLimits(20_000_000, 16 << 20, 100);

  private final TemplateSet templates;
  private final Map<String, GoFunction> functions;
  private final String externalUrl;

  public NotificationTemplates(TemplateSet templates, Clock clock, String externalUrl) {
    this.templates = templates;
    this.functions = NotificationFunctions.with(clock);
    this.externalUrl = externalUrl;
  }

  /** The templates that every configuration has. */
  public static TemplateSet defaults() {
    try (InputStream in = NotificationTemplates.class.getResourceAsStream("default.tmpl")) {
      if (in == null) {
        throw new IllegalStateException("default.tmpl is missing from the class path");
      }
      return TemplateSet.withFunctions(FUNCTION_NAMES)
          .parse("default.tmpl", new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException("default.tmpl cannot be read", e);
    }
  }

  public TemplateData data(Notification notification) {
    return new TemplateData(notification, externalUrl);
  }

  /**
   * @throws io.ghostworks.template.TemplateException if the text is no template or fails
   */
  public String text(String text, TemplateData data) {
    return render(text, data, TemplateSet.Mode.TEXT, rendered(data));
  }

  /**
   * @throws io.ghostworks.template.TemplateException if the text is no template or fails
   */
  public String html(String text, TemplateData data) {
    return render(text, data, TemplateSet.Mode.HTML, rendered(data));
  }

  private static RouteLabels rendered(TemplateData data) {
    return RouteLabels.rendered(data.notification().routeLabels());
  }

  /**
   * The labels of a group's route, rendered with what the group is told; one that fails is left
   * out.
   *
   * @param group with the labels as they are configured
   */
  public Map<String, String> routeLabels(Notification group) {
    if (group.routeLabels().isEmpty()) {
      return Map.of();
    }
    TemplateData data = data(group);
    RouteLabels labels =
        new RouteLabels(
            group.routeLabels(),
            (text, others) -> render(text, data, TemplateSet.Mode.TEXT, others));
    Map<String, String> rendered = new LinkedHashMap<>();
    for (String label : group.routeLabels().keySet()) {
      try {
        rendered.put(label, labels.value(label));
      } catch (TemplateException e) {
        log.error("the route label {} of {} failed", label, group.groupKey(), e);
      }
    }
    return rendered;
  }

  private String render(
      String text, TemplateData data, TemplateSet.Mode mode, RouteLabels routeLabels) {
    if (!text.contains("{{")) {
      return text;
    }
    return templates.parse("", text).render("", data, routeLabels.addedTo(functions), mode, LIMITS);
  }
}
