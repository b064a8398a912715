package io.ghostworks.rules;

import java.util.List;

/** All rules of a tenant, with what counts for all of them. */
public record RuleSet(GroupSettings settings, List<RuleFile> files) {
  public RuleSet {
    files = List.copyOf(files);
  }
}
