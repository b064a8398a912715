package io.ghostworks.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads configuration files from disk, with refusals in the one error form. */
public final class ConfigFile {
  private static final int BYTES_MAX = 32 << 20;

  private ConfigFile() {}

  /**
   * The tree of a file: JSON where its name ends in {@code .json}, otherwise YAML.
   *
   * @throws ConfigException where the file cannot be read, is larger than 32 MiB, not UTF-8, or not
   *     YAML or JSON
   */
  public static ConfigNode read(Path path) {
    String name = path.toString();
    String text = text(path);
    return name.endsWith(".json") ? JsonReader.read(name, text) : YamlReader.read(name, text);
  }

  /** The text of a file, under the same conditions as {@link #read}. */
  public static String text(Path path) {
    String name = path.toString();
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(BYTES_MAX + 1);
      if (bytes.length > BYTES_MAX) {
        throw refused(name, "must be at most 32MiB", "");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw refused(name, "must be UTF-8 text", "save it as UTF-8");
    } catch (NoSuchFileException e) {
      throw refused(name, "must exist", "check the path");
    } catch (IOException e) {
      throw refused(
          name, "must be readable: " + e.getMessage(), "check its kind and its access rights");
    }
  }

  private static ConfigException refused(String name, String rule, String howToMend) {
    return new ConfigException(ConfigError.at(Position.wholeFile(name), "", rule, "", howToMend));
  }
}
