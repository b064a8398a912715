package io.ghostworks.alertmanager.alert;

import io.ghostworks.model.label.LabelNames;
import io.ghostworks.model.label.Labels;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where people go from an alert.
 *
 * @param graph what its sender gave: the rule's expression as a graph; null where it gave nothing
 * @param silence the form that silences just this alert
 * @param runbook its annotation {@code runbook_url}; null unless that is a web address
 */
public record AlertLinks(@Nullable String graph, String silence, @Nullable String runbook) {

  private static final String RUNBOOK = "runbook_url";

  /**
   * @param externalUrl where people reach this Alertmanager, without a slash at its end
   */
  public static AlertLinks of(
      String externalUrl, Labels labels, Labels annotations, String generatorUrl) {
    String runbook = annotations.get(RUNBOOK);
    return new AlertLinks(
        generatorUrl.isEmpty() ? null : generatorUrl,
        silence(externalUrl, labels),
        isWebAddress(runbook) ? runbook : null);
  }

  /** The form that silences alerts with these labels, as Alertmanager's own address of it. */
  public static String silence(String externalUrl, Labels labels) {
    StringBuilder matchers = new StringBuilder("{");
    labels.forEach((name, value) -> {
      matchers.append(matchers.length() == 1 ? "" : ", ");
      if (LabelNames.isLegacyLabelName(name)) {
        matchers.append(name);
      } else {
        LabelNames.quote(name, matchers);
      }
      LabelNames.quote(value, matchers.append('='));
    });
    String filter = URLEncoder.encode(matchers.append('}').toString(), StandardCharsets.UTF_8);
    return externalUrl + "/#/silences/new?filter=" + filter.replace("+", "%20");
  }

  private static boolean isWebAddress(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.startsWith("http://") || lower.startsWith("https://");
  }
}
