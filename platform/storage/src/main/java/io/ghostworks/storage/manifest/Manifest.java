package io.ghostworks.storage.manifest;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What an engine consists of at one moment.
 *
 * @param generation counts the manifests of this engine, from 1
 * @param journalSequence every frame of the journal up to this sequence is contained in the files;
 *     0 when none is
 * @param files the live files, names unique, in the engine's order
 * @param metadata facts of the engine itself, such as its next file number; shared, must not be
 *     changed
 */
public record Manifest(
    long generation, long journalSequence, List<ManifestFile> files, byte[] metadata) {
  /** The most metadata of the engine itself, in bytes. */
  public static final int METADATA_BYTES_MAX = 1 << 20;

  /** The most files. */
  public static final int FILES_MAX = 1 << 20;

  public Manifest {
    files = List.copyOf(files);
    if (generation < 0 || journalSequence < 0) {
      throw new IllegalArgumentException(
          "generation and journal sequence must be at least 0, got %d and %d"
              .formatted(generation, journalSequence));
    }
    if (metadata.length > METADATA_BYTES_MAX || files.size() > FILES_MAX) {
      throw new IllegalArgumentException(
          "a manifest must have at most %d files and %d bytes of metadata, got %d and %d"
              .formatted(FILES_MAX, METADATA_BYTES_MAX, files.size(), metadata.length));
    }
    Set<String> names = new HashSet<>();
    for (ManifestFile file : files) {
      if (!names.add(file.name())) {
        throw new IllegalArgumentException(
            "a file must stand once in a manifest, got '%s' twice".formatted(file.name()));
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Manifest that
        && generation == that.generation
        && journalSequence == that.journalSequence
        && files.equals(that.files)
        && Arrays.equals(metadata, that.metadata);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(generation) * 31 + files.hashCode();
  }
}
