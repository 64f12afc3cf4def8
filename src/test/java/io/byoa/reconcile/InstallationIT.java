package io.byoa.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.byoa.job.claim.Node;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Replicas are one installation, whatever folders they work in. */
@QuarkusTest
@TestProfile(SteppedByHand.class)
final class InstallationIT extends Stepping {

  @Inject Instance<AgroalDataSource> databases;
  @Inject Node node;

  @Test
  void isCalledAsItsFirstDataFolderForEver() {
    sql("DELETE FROM installation");
    assertThat(installation(Optional.empty()).id()).isEqualTo(node.id());
  }

  @Test
  void isWhatAnotherReplicaWroteFirst() {
    sql("DELETE FROM installation");
    sql("INSERT INTO installation (id) VALUES ('of-the-first')");
    assertThat(installation(Optional.empty()).id()).isEqualTo("of-the-first");
    assertThat(one("SELECT id FROM installation")).isEqualTo("of-the-first");
    sql("DELETE FROM installation");
  }

  @Test
  void isCalledAsItsOperatorSays() {
    assertThat(installation(Optional.of("blue")).id()).isEqualTo("blue");
  }

  private Installation installation(Optional<String> name) {
    return new Installation(name, node, databases);
  }
}
