package io.ghostworks.alertmanager;

import io.ghostworks.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A secret that stands in the configuration or in a file, read at each use. */
final class SecretFile {
  private static final long BYTES_MAX = 64 << 10;

  private SecretFile() {}

  /**
   * @throws IOException if the file cannot be read
   */
  static String read(@Nullable Secret inline, String file) throws IOException {
    if (file.isEmpty()) {
      return inline == null ? "" : inline.reveal();
    }
    Path path = Path.of(file);
    if (Files.size(path) > BYTES_MAX) {
      throw new IOException("%s is larger than %d bytes".formatted(file, BYTES_MAX));
    }
    return Files.readString(path).strip();
  }
}
