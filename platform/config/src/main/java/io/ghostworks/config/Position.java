package io.ghostworks.config;

/**
 * A place in a configuration file.
 *
 * @param file the name under which the file was given; never empty
 * @param line from 1; 0 where only the file is known
 * @param column from 1; 0 where only the file or line is known
 */
public record Position(String file, int line, int column) {

  /** The whole of {@code file}, for what no line can be named (an absent or unreadable file). */
  public static Position wholeFile(String file) {
    return new Position(file, 0, 0);
  }

  /** {@code file:line}, or {@code file} where no line is known. */
  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line;
  }
}
