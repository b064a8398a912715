package io.ghostworks.saas.domain;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A plan that a tenant can be on; the later ones are the dearer ones. */
public enum Tier {
  FREE(0, 200),
  TEAM(4_900, 5_000),
  ENTERPRISE(49_900, 1_000_000);

  private final long priceCents;
  private final int artifactsMax;

  Tier(long priceCents, int artifactsMax) {
    this.priceCents = priceCents;
    this.artifactsMax = artifactsMax;
  }

  /** What a month costs, in cents of a US dollar. */
  public long priceCents() {
    return priceCents;
  }

  /** How many artifacts a tenant on this plan may keep. */
  public int artifactsMax() {
    return artifactsMax;
  }

  /** The name as it stands in the database, in labels and in requests. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The tier of a label; throws where there is none. */
  public static Tier of(String label) {
    return find(label)
        .orElseThrow(
            () -> new IllegalArgumentException("a tier is free, team or enterprise, got " + label));
  }

  /** The tier of a label, if there is one. */
  public static Optional<Tier> find(String label) {
    return Stream.of(values()).filter(tier -> tier.label().equals(label)).findFirst();
  }
}
