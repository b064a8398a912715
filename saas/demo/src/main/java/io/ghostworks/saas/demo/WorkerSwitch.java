package io.ghostworks.saas.demo;

import java.io.IOException;

/** The worker's process is gone while the switch is on. */
record WorkerSwitch(DemoProcess worker, AlertDue due) implements Switch {
  @Override
  public String name() {
    return "worker";
  }

  @Override
  public String description() {
    return "The worker stops: its process ends, and jobs wait in the queue until it is back.";
  }

  @Override
  public void turn(boolean on) throws IOException {
    if (on) {
      worker.stop();
    } else {
      worker.start();
    }
  }
}
