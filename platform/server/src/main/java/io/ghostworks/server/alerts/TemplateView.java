package io.ghostworks.server.alerts;

import io.ghostworks.alertmanager.trial.Trials;
import org.jspecify.annotations.Nullable;

/**
 * What a template wrote, or where it failed.
 *
 * @param text null if it failed
 * @param error null if it did not
 */
record TemplateView(@Nullable String text, @Nullable Problem error) {

  /**
   * @param template the name of the text that it failed in; "" for the one that was given
   * @param line counted from 1; null where it is not known
   * @param column counted from 1; null where it is not known
   */
  record Problem(
      String message,
      @Nullable String template,
      @Nullable Integer line,
      @Nullable Integer column) {}

  static TemplateView of(Trials.Rendered rendered) {
    if (rendered.text() != null) {
      return new TemplateView(rendered.text(), null);
    }
    var place = rendered.place();
    return new TemplateView(
        null,
        place == null
            ? new Problem(rendered.error(), null, null, null)
            : new Problem(rendered.error(), place.template(), place.line(), place.column()));
  }
}
