package io.ghostworks.alertmanager.dispatch;

import io.ghostworks.model.label.Labels;
import java.util.List;

/** Knows which silences hold. Takes no lock that the state's thread could wait for; thread-safe. */
@FunctionalInterface
public interface Silencer {

  /** No silence ever holds. */
  Silencer NONE = (labels, nowNanos) -> List.of();

  /** The ids of the silences that keep an alert from being told at a time. */
  List<String> silencing(Labels labels, long nowNanos);
}
