package io.byoa.engine.local.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byoa.engine.Fault;
import io.byoa.engine.Orders;
import io.byoa.engine.TrainingOrder;
import io.byoa.engine.TrainingOrder.InputSource;
import io.byoa.engine.local.disk.Trees;
import io.byoa.engine.local.sandbox.Account;
import io.byoa.store.InMemoryObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An input that was allowed, and a path that changes before the program starts. */
@SuppressWarnings("NullAway.Init") // JUnit fills the fields before each test
final class LocalInputTest {

  @TempDir Path folder;
  private Path allowed;
  private Path secret;
  private TrainingOrder order;

  @BeforeEach
  void allowAFolder() throws IOException {
    Path real = folder.toRealPath();
    allowed = Files.createDirectories(real.resolve("inputs/team/data"));
    Files.writeString(allowed.resolve("x.csv"), "1\n");
    secret = Files.createDirectories(real.resolve("secret/data"));
    order =
        Orders.script(new InMemoryObjectStore(InstantSource.system()), "run.sh", "")
            .input("training", new InputSource.Local(allowed))
            .order();
  }

  @Test
  void isFineWhereItWas() throws IOException {
    assertThat(LocalInput.fault(order, null)).isNull();
    assertThat(LocalInput.require(order.inputs().getFirst(), allowed)).isEqualTo(allowed);
  }

  @Test
  void isRefusedWhenALinkTookItsPlace() throws IOException {
    Files.move(allowed, allowed.resolveSibling("before"));
    Files.createSymbolicLink(allowed, secret);
    assertRefused();
  }

  @Test
  void isRefusedWhenALinkTookThePlaceOfAFolderOnItsWay() throws IOException {
    Path team = Objects.requireNonNull(allowed.getParent());
    Files.move(team, team.resolveSibling("before"));
    Files.createSymbolicLink(team, Objects.requireNonNull(secret.getParent()));
    assertRefused();
  }

  @Test
  void isRefusedWhenItIsGone() throws IOException {
    Trees.delete(allowed);
    assertRefused();
  }

  @Test
  void isRefusedWhenOnlyTheServerMayReadIt() throws IOException {
    Account program = new Account(60_999, 60_999);
    assertThat(LocalInput.fault(order, program)).isNull();
    Path file = allowed.resolve("x.csv");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Fault fault = Objects.requireNonNull(LocalInput.fault(order, program));
    assertThat(fault.code()).isEqualTo(Fault.Code.INPUT_MISSING);
    assertThat(fault.detail()).contains(file.toString(), "chmod -R o+rX " + allowed);
    assertThat(LocalInput.fault(order, null)).as("for programs with the server's rights").isNull();
  }

  @Test
  void isRefusedWhenOnlyTheServerMayEnterIt() throws IOException {
    Files.setPosixFilePermissions(allowed, PosixFilePermissions.fromString("rwxr-xr--"));
    Fault fault = Objects.requireNonNull(LocalInput.fault(order, new Account(60_999, 60_999)));
    assertThat(fault.detail()).contains("is not open to everybody");
  }

  private void assertRefused() {
    Fault fault = Objects.requireNonNull(LocalInput.fault(order, null));
    assertThat(fault.code()).isEqualTo(Fault.Code.INPUT_MISSING);
    assertThat(fault.detail()).contains("'training'", allowed.toString());
    assertThatThrownBy(() -> LocalInput.require(order.inputs().getFirst(), allowed))
        .isInstanceOf(IOException.class);
  }
}
