package io.ghostworks.server.settings;

/**
 * How many rules a tenant may store by the ruler API, by Mimir's names.
 *
 * @param rulesPerGroupMax 0 for any number
 * @param groupsMax in all namespaces and languages; 0 for any number
 */
public record RulerLimits(int rulesPerGroupMax, int groupsMax) {

  /** What holds where nothing is set. */
  public static final RulerLimits DEFAULT = new RulerLimits(1_000, 1_000);
}
