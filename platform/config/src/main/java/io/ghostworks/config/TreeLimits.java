package io.ghostworks.config;

/**
 * What a configuration text may grow to, so that a hostile one is refused before it costs memory.
 *
 * @param charsMax the length of the text
 * @param depthMax how deep mappings and lists may nest
 * @param nodesMax values in the tree after aliases and merge keys are expanded
 */
public record TreeLimits(int charsMax, int depthMax, int nodesMax) {
  /** 16 Mi characters, 100 levels, one million values. */
  public static final TreeLimits DEFAULT = new TreeLimits(16 << 20, 100, 1_000_000);
}
