/**
 * What a downsampled row knows about the samples it stands for, and how rows combine. Stores build
 * rows with it and languages answer from them. Knows the model's histograms and nothing of stores
 * or queries.
 */
package io.ghostworks.query.level;
