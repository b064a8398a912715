package io.ghostworks.alertmanager;

import io.ghostworks.runtime.time.Clock;
import io.ghostworks.template.GoFunction;
import io.ghostworks.template.NotificationFunctions;
import io.ghostworks.template.TemplateLimits;
import io.ghostworks.template.TemplateSet;
import java.util.Map;
import java.util.Set;

/** The templates of a configuration, ready to be rendered. */
final class NotificationTemplates {

  /** The names of the functions that templates may call. */
  static final Set<String> FUNCTION_NAMES = NotificationFunctions.with(Clock.system()).keySet();

  private final TemplateSet templates;
  private final Map<String, GoFunction> functions;
  private final String externalUrl;

  NotificationTemplates(TemplateSet templates, Clock clock, String externalUrl) {
    this.templates = templates;
    this.functions = NotificationFunctions.with(clock);
    this.externalUrl = externalUrl;
  }

  TemplateData data(Notification notification) {
    return new TemplateData(notification, externalUrl);
  }

  /**
   * @throws io.ghostworks.template.TemplateException if the text is no template or fails
   */
  String text(String text, TemplateData data) {
    return render(text, data, TemplateSet.Mode.TEXT);
  }

  /**
   * @throws io.ghostworks.template.TemplateException if the text is no template or fails
   */
  String html(String text, TemplateData data) {
    return render(text, data, TemplateSet.Mode.HTML);
  }

  private String render(String text, TemplateData data, TemplateSet.Mode mode) {
    if (!text.contains("{{")) {
      return text;
    }
    return templates.parse("", text).render("", data, functions, mode, TemplateLimits.DEFAULT);
  }
}
