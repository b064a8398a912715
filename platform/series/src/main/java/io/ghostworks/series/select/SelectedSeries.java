package io.ghostworks.series.select;

import io.ghostworks.model.label.Labels;

/**
 * Series of one layer in the order of their labels. Owns its arrays.
 *
 * @param numbers of the series within the layer
 * @param labels as many
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record SelectedSeries(int[] numbers, Labels[] labels) {}
