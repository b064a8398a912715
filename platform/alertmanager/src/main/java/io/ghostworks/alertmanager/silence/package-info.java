/**
 * Silences: which alerts nobody is told about for a while, kept in the state and matched fast.
 * Knows matchers and time intervals; neither routes nor receivers.
 */
package io.ghostworks.alertmanager.silence;
