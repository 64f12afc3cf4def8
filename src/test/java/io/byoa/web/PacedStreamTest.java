package io.byoa.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PacedStreamTest {

  private static final int STRETCH = 1 << 16;

  private final Vertx vertx = Vertx.vertx();
  private final Context connection = vertx.getOrCreateContext();

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void runsAtMostOneStretchAheadOfItsConnection() {
    CountDownLatch busy = new CountDownLatch(1);
    connection.runOnContext(nothing -> awaitQuietly(busy));
    AtomicInteger read = new AtomicInteger();
    CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> readAll(read));
    await().until(() -> read.get() == STRETCH);
    await().during(Duration.ofMillis(200)).until(() -> read.get() == STRETCH);
    assertThat(reader).isNotDone();
    busy.countDown();
    reader.join();
    assertThat(read).hasValue(5 * STRETCH + 3);
  }

  private void readAll(AtomicInteger read) {
    byte[] buffer = new byte[8192];
    try (PacedStream stream =
        new PacedStream(new ByteArrayInputStream(new byte[5 * STRETCH + 3]), connection)) {
      for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
        read.addAndGet(n);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
