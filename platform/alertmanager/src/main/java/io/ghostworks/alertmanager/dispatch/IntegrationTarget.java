package io.ghostworks.alertmanager.dispatch;

import io.ghostworks.alertmanager.deliver.Deliveries;

/** One way of telling the receiver. */
public record IntegrationTarget(Deliveries.Target target, boolean sendResolved) {}
