package io.byoa.engine.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.engine.Fault;
import io.byoa.engine.LaunchName;
import io.byoa.engine.Observation;
import io.byoa.engine.Observation.End;
import io.byoa.engine.TrainingOrder;
import io.byoa.store.InMemoryObjectStore;
import io.byoa.store.ObjectStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a launch when something fails that should not. */
@SuppressWarnings("NullAway.Init") // JUnit fills the field before each test
final class TroubleTest {

  @TempDir Path data;

  private static Fault fault(Observation.Ended ended) {
    assertThat(ended.end()).isInstanceOf(End.Failed.class);
    return ((End.Failed) ended.end()).fault();
  }

  /** A store that fails in this way whenever one of its methods is called. */
  private static ObjectStore failingAt(String failing, Supplier<Throwable> how) {
    ObjectStore store = new InMemoryObjectStore(InstantSource.system());
    return (ObjectStore)
        Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals(failing)) {
                throw how.get();
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void anErrorWhileStoringEndsTheLaunchAsAFaultOfThePlatform() throws Exception {
    ObjectStore store = failingAt("move", () -> new OutOfMemoryError("/srv/secret: heap"));
    try (Workplace place = new Workplace(data, Map.of("slots", "1"), store)) {
      Observation.Ended ended = place.run(place.shell("echo x >/opt/ml/model/m"));

      assertThat(fault(ended).code()).isEqualTo(Fault.Code.PLATFORM_ERROR);
      assertThat(fault(ended).detail()).contains("operator").doesNotContain("secret", "heap");
      assertThat(place.run(place.shell("true")).end())
          .as("the slot is free again")
          .isEqualTo(new End.Succeeded());
    }
  }

  @Test
  void anErrorBeforeTheStartEndsTheLaunchToo() throws Exception {
    ObjectStore store = failingAt("openVerified", StackOverflowError::new);
    try (Workplace place = new Workplace(data, Map.of(), store)) {
      assertThat(fault(place.run(place.shell("true"))).code()).isEqualTo(Fault.Code.PLATFORM_ERROR);
    }
  }

  @Test
  void codeThatIsNotWhatWasPublishedIsNotRunAndSaysSo() throws Exception {
    InMemoryObjectStore store = new InMemoryObjectStore(InstantSource.system());
    try (Workplace place = new Workplace(data, Map.of(), store)) {
      TrainingOrder order = place.shell("echo genuine").order();
      byte[] other = store.openVerified(order.code()).readAllBytes();
      int at = new String(other, StandardCharsets.ISO_8859_1).indexOf("genuine");
      other[at] = 'G';
      store.tamper(order.code().key(), other);
      LaunchName name = place.launched(order);

      Fault fault = fault(place.ended(name));
      assertThat(fault.code()).isEqualTo(Fault.Code.CODE_ALTERED);
      assertThat(fault.detail())
          .contains("The stored code does not match its digest")
          .contains(order.code().key().value());
      assertThat(place.log(name)).isEmpty();
    }
  }
}
