package io.ghostworks.rules.review;

import io.ghostworks.model.label.Labels;
import java.util.List;

/** What became of alerts after they fired. Asked once for each alert that is reviewed. */
public interface AlertOutcomes {

  /**
   * The receivers that an alert goes to by today's routes; empty where nobody is told.
   *
   * @param labels of the alert as its rule made it
   */
  List<String> receivers(Labels labels);

  /**
   * Whether a silence held the alert back at any time of its life.
   *
   * @param endMs of its life, or the present
   */
  boolean wasSilenced(Labels labels, long startMs, long endMs);

  /** Whether a person acknowledged the alert during its life. */
  boolean wasAcknowledged(Labels labels, long startMs, long endMs);
}
