package io.ghostworks.template;

/**
 * What one rendering may cost.
 *
 * @param stepsMax nodes executed
 * @param outputCharsMax chars written
 * @param depthMax templates that call each other
 */
public record TemplateLimits(long stepsMax, int outputCharsMax, int depthMax) {

  /** Enough for every notification, and far too little to hurt. */
  public static final TemplateLimits DEFAULT = new TemplateLimits(1_000_000, 1 << 20, 100);
}
