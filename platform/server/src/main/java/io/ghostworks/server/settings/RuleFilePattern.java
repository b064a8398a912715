package io.ghostworks.server.settings;

import io.ghostworks.model.TenantId;
import io.ghostworks.rules.RuleLanguage;
import java.util.Optional;

/**
 * Rule files of one language and one tenant.
 *
 * @param pattern a path, or a glob
 * @param tenant whose they are; empty for the operator's
 */
public record RuleFilePattern(String pattern, RuleLanguage language, Optional<TenantId> tenant) {}
