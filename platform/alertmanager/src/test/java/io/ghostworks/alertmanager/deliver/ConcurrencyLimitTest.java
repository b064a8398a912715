package io.ghostworks.alertmanager.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConcurrencyLimitTest {

  @Test
  void runsSoManyAtOnceAndTheOthersInTheirOrder() {
    List<Runnable> threads = new ArrayList<>();
    List<Integer> ran = new ArrayList<>();
    ConcurrencyLimit limit = new ConcurrencyLimit(threads::add, 2);
    for (int i = 0; i < 5; i++) {
      int number = i;
      limit.execute(() -> ran.add(number));
    }
    assertThat(threads).hasSize(2);
    threads.getFirst().run();
    assertThat(ran).containsExactly(0, 2, 3, 4);
    threads.getLast().run();
    limit.execute(() -> ran.add(5));
    threads.getLast().run();
    assertThat(ran).containsExactly(0, 2, 3, 4, 1, 5);
  }

  @Test
  void aTaskThatBreaksHoldsNoPlace() throws InterruptedException {
    List<Integer> ran = new ArrayList<>();
    List<Runnable> threads = new ArrayList<>();
    ConcurrencyLimit limit = new ConcurrencyLimit(threads::add, 1);
    limit.execute(() -> {
      throw new StackOverflowError();
    });
    limit.execute(() -> ran.add(1));
    Thread thread = new Thread(threads.getFirst());
    thread.setUncaughtExceptionHandler((broken, error) -> ran.add(0));
    thread.start();
    thread.join();
    assertThat(ran).containsExactly(0, 1);
  }
}
