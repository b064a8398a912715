package io.ghostworks.server;

import io.ghostworks.server.cli.CommandLine;

/** The program. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    int status = CommandLine.run(arguments, System.out, System.err);
    System.exit(status);
  }
}
