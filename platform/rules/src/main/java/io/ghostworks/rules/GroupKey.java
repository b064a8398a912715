package io.ghostworks.rules;

import io.ghostworks.model.TenantId;

/**
 * A group among all groups.
 *
 * @param key as {@link RuleFile#key} makes it
 */
record GroupKey(TenantId tenant, String key) {}
