package io.ghostworks.wire;

import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The directory of published data that tests read. */
public final class Shared {
  private Shared() {}

  /** A path below the directory; the test is skipped where it is missing. */
  public static Path path(String relative) {
    String root = System.getenv("GHOSTWORKS_SHARED");
    Path path = Path.of(root == null ? "../shared" : root).resolve(relative);
    if (!Files.exists(path) && "true".equals(System.getenv("CI"))) {
      fail("published data is missing: " + path);
    }
    Assumptions.assumeTrue(Files.exists(path), () -> "skipped: published data is missing: " + path);
    return path;
  }
}
