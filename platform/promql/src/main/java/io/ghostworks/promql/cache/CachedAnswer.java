package io.ghostworks.promql.cache;

import io.ghostworks.promql.eval.QueryAnswer;

/** An answer, the same as without a cache, and what the cache did for it. */
public record CachedAnswer(QueryAnswer answer, CacheUse use) {}
