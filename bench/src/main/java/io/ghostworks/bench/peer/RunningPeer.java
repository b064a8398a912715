package io.ghostworks.bench.peer;

import io.ghostworks.bench.system.ServerProcess;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** A server that ran before and goes on afterwards; its files are its own. */
public final class RunningPeer implements Peer {
  private final String name;
  private final ServerProcess process;

  private RunningPeer(String name, ServerProcess process) {
    this.name = name;
    this.process = process;
  }

  public static RunningPeer of(String name, long pid) throws IOException {
    return new RunningPeer(name, ServerProcess.running(pid));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ServerProcess process() {
    return process;
  }

  @Override
  public void settle(int seconds) throws IOException, InterruptedException {
    TimeUnit.SECONDS.sleep(seconds);
    awaitQuiet();
  }

  @Override
  public OptionalLong storedBytes() {
    return OptionalLong.empty();
  }

  @Override
  public void close() {
    process.close();
  }
}
