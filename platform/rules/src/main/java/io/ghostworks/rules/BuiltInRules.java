package io.ghostworks.rules;

import io.ghostworks.config.Findings;
import io.ghostworks.config.YamlReader;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The group of rules that stands beside every tenant's own: it tells when their alerts are held. It
 * is a rule file like any other, only its answers come from the hold switch: the stored samples may
 * be what is missing.
 */
final class BuiltInRules {

  /** In the place of a file's name. */
  static final String FILE = "built-in";

  /** 1 where the alerts of a tenant are held for a reason. */
  static final String HELD = "ghostworks_alerts_held";

  private static final String RESOURCE = "built-in.yml";

  private BuiltInRules() {}

  /** The group as written, in a file of its own. */
  static RuleFile file() {
    Findings findings = new Findings();
    RuleFile file =
        new RuleFileReader(ParserOptions.STABLE)
            .read(FILE, YamlReader.read(FILE, text()), findings);
    findings.throwIfErrors();
    return new RuleFile(FILE, RuleFile.Origin.BUILT_IN, RuleLanguage.PROMQL, file.groups());
  }

  /** What the group's expression selects. */
  static InstantQuery query(HoldSwitch hold) {
    return (tenant, expression, timestampMs) ->
        hold.find(tenant)
            .map(held ->
                List.of(
                    new InstantQuery.Element(
                        labels(tenant, held.reason()).toBuilder()
                            .set(Labels.METRIC_NAME, HELD)
                            .build(),
                        1)))
            .orElse(List.of());
  }

  /** Shows the same as metrics. */
  static void register(HoldSwitch hold, TenantId tenant, PlatformMetrics metrics) {
    for (Hold.Reason reason : Hold.Reason.values()) {
      metrics.gauge(
          HELD,
          "Whether the alerts of a tenant keep their states because data are not whole.",
          labels(tenant, reason),
          () -> hold.find(tenant).filter(held -> held.reason() == reason).isPresent() ? 1 : 0);
    }
  }

  private static Labels labels(TenantId tenant, Hold.Reason reason) {
    return Labels.of("tenant", tenant.value(), "reason", reason.word());
  }

  private static String text() {
    try (InputStream in = BuiltInRules.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(RESOURCE + " cannot be read", e);
    }
  }
}
