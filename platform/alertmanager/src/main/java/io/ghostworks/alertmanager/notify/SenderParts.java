package io.ghostworks.alertmanager.notify;

import io.ghostworks.runtime.time.Clock;

/** What senders work with. */
public record SenderParts(NotificationTemplates templates, HttpTransport http, Clock clock) {}
