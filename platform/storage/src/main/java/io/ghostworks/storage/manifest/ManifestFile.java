package io.ghostworks.storage.manifest;

import java.util.Arrays;

/**
 * A live file as the manifest names it.
 *
 * @param name in the engine's directory, without a path
 * @param kind what the file is, in the engine's own numbers
 * @param level how far it is merged or downsampled, in the engine's own numbers
 * @param metadata small facts that the engine wants without opening the file, at most {@value
 *     #METADATA_BYTES_MAX} bytes; the array is shared with the engine and must not be changed
 */
public record ManifestFile(String name, int kind, int level, byte[] metadata) {
  /** The most metadata of one file, in bytes. */
  public static final int METADATA_BYTES_MAX = 4096;

  public ManifestFile {
    if (name.isEmpty()
        || name.length() > 128
        || name.startsWith(".")
        || !name.chars().allMatch(ManifestFile::isNameCharacter)
        || name.startsWith(ManifestStore.FILE_NAME)) {
      throw new IllegalArgumentException(
          "a file's name in a manifest must be 1 to 128 of A-Z a-z 0-9 . _ -, got '%s'"
              .formatted(name));
    }
    if (kind < 0 || level < 0) {
      throw new IllegalArgumentException(
          "kind and level must be at least 0, got %d and %d".formatted(kind, level));
    }
    if (metadata.length > METADATA_BYTES_MAX) {
      throw new IllegalArgumentException(
          "metadata of a file must be at most %d bytes, got %d"
              .formatted(METADATA_BYTES_MAX, metadata.length));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ManifestFile that
        && name.equals(that.name)
        && kind == that.kind
        && level == that.level
        && Arrays.equals(metadata, that.metadata);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  private static boolean isNameCharacter(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == '-';
  }
}
