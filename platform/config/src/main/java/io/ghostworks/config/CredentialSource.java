package io.ghostworks.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a credential, certificate or key comes from: the configuration itself, or a file read anew
 * at each use.
 */
public sealed interface CredentialSource {

  /** No credential at all: an empty one. */
  CredentialSource NONE = new Inline(Secret.of(""));

  /** The credential as it is now. */
  Secret read() throws IOException;

  /** The text stands in the configuration. */
  record Inline(Secret secret) implements CredentialSource {
    @Override
    public Secret read() {
      return secret;
    }
  }

  /** The text stands in a file; white space around it does not count. At most 1 MiB. */
  record FromFile(Path file) implements CredentialSource {
    private static final int BYTES_MAX = 1 << 20;

    @Override
    public Secret read() throws IOException {
      if (Files.size(file) > BYTES_MAX) {
        throw new IOException("a credential file must be at most 1MiB: " + file);
      }
      return Secret.of(Files.readString(file).strip());
    }
  }
}
