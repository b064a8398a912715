/**
 * Failures on demand, so that dashboards and alerts can be seen at work. Off unless {@code
 * saas.faults.enabled}. Knows {@code problem}.
 */
package io.ghostworks.saas.api.faults;
