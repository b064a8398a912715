package io.ghostworks.saas.api.usage;

import java.util.List;
import java.util.stream.Stream;

/** What a tenant's people can use, as usage events and metrics name it. */
public enum Feature {
  ARTIFACT_CREATE("artifact.create"),
  ARTIFACT_DELETE("artifact.delete"),
  ARTIFACT_SEARCH("artifact.search"),
  ARTIFACT_SHARE("artifact.share"),
  ARTIFACT_VIEW("artifact.view"),
  INVOICE_PAY("invoice.pay"),
  PLAN_CHANGE("plan.change"),
  SESSION_OPEN("session.open");

  private final String label;

  Feature(String label) {
    this.label = label;
  }

  /** The name as it stands in the database and in labels. */
  public String label() {
    return label;
  }

  /** The labels of all features. */
  public static List<String> labels() {
    return Stream.of(values()).map(Feature::label).toList();
  }
}
