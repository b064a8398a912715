package io.ghostworks.scrape;

/**
 * What a target answered.
 *
 * @param body decoded; belongs to the receiver
 * @param contentType empty where the answer has none
 */
record Exposition(byte[] body, String contentType) {}
