package io.ghostworks.server.settings;

import io.ghostworks.config.Secret;
import java.time.Duration;

/**
 * Whom this process tells again and again that it can tell alerts.
 *
 * @param url empty where a file holds it
 * @param urlFile "" where the URL is given
 * @param interval from one beat to the next
 * @param method {@code POST} or {@code GET}
 * @param timeout of one request
 */
public record HeartbeatSettings(
    Secret url, String urlFile, Duration interval, String method, Duration timeout) {}
