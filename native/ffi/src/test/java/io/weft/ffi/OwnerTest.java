package io.weft.ffi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class OwnerTest {
  @Test
  void namesBothThreads() throws InterruptedException {
    Owner owner = new Owner("the thing");
    owner.check();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread other = new Thread(owner::check, "other");
    other.setUncaughtExceptionHandler((thread, throwable) -> thrown.set(throwable));
    other.start();
    other.join();
    WrongThreadException wrong = assertInstanceOf(WrongThreadException.class, thrown.get());
    assertTrue(wrong.getMessage().startsWith("the thing belongs to thread \""));
    assertTrue(wrong.getMessage().contains("was called from \"other\""), wrong.getMessage());
    assertEquals(Thread.currentThread().getName(), wrong.getMessage().split("\"")[1]);
  }
}
