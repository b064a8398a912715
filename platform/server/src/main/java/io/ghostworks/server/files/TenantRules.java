package io.ghostworks.server.files;

import io.ghostworks.model.TenantId;
import io.ghostworks.rules.RuleFile;
import java.util.List;

/** The rule files of one tenant. */
public record TenantRules(TenantId tenant, List<RuleFile> files) {
  public TenantRules {
    files = List.copyOf(files);
  }
}
