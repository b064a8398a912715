package io.ghostworks.rules.test;

import io.ghostworks.model.label.Labels;

/** An alert as tests compare it, in the order of labels, then annotations. */
record ComparedAlert(Labels labels, Labels annotations) implements Comparable<ComparedAlert> {

  @Override
  public int compareTo(ComparedAlert other) {
    int byLabels = labels.compareTo(other.labels);
    return byLabels != 0 ? byLabels : annotations.compareTo(other.annotations);
  }
}
