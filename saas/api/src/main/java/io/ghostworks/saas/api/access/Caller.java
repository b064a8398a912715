package io.ghostworks.saas.api.access;

/** The user who makes a request, and the tenant in which everything happens that it asks for. */
public record Caller(String tenantId, String userId) {}
